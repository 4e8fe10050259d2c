import type { Finding } from "../../finding";
import type { Resource } from "../stack";
import { containersOf } from "../taskDefinitions";
import type { Value } from "../value";

/** Where a task gets its credentials and metadata, and HTTPS to AWS's endpoints, which security groups hold. */
const openAddresses = ["169.254.170.2", "169.254.169.254"];
const openPorts = ["443"];
const known = [
    "AppPorts",
    "EgressIgnoredIPs",
    "EgressIgnoredPorts",
    "IgnoredUID",
    "ProxyEgressPort",
    "ProxyIngressPort",
];

/** Everything that enters a task on its listener's ports, and all that its other containers send, goes through its proxy. */
export function isIntercepted(
    task: Resource,
    container: Value,
    ports: readonly (number | undefined)[],
): readonly Finding[] {
    const proxy = task.props.get("proxyConfiguration");
    if (proxy.isMissing) {
        return [
            proxy.finding(
                "an interception by App Mesh's proxy",
                "nothing: the application speaks for itself",
            ),
        ];
    }
    const properties = proxy.get("properties");
    const listed = (name: string): readonly string[] =>
        (properties.get(name).text ?? "?").split(",").map((part) => part.trim());
    const only = (name: string, allowed: readonly string[]): readonly Finding[] => {
        const value = properties.get(name);
        return value.require(
            value.isMissing || listed(name).every((part) => part === "" || allowed.includes(part)),
            `nothing but ${allowed.join(", ")}`,
        );
    };
    const user = properties.get("IgnoredUID").text ?? "";
    const alike = containersOf(task).filter(
        (other) =>
            other.get("name").text !== container.get("name").text &&
            (other.get("user").text ?? "").split(":").includes(user),
    );
    const appPorts = properties.get("AppPorts");
    return [
        ...proxy.get("type").require(proxy.get("type").text === "APPMESH", '"APPMESH"'),
        ...proxy
            .get("containerName")
            .require(proxy.get("containerName").text === container.get("name").text, "the proxy's container"),
        ...properties.fields
            .filter((field) => !known.includes(field))
            .map((field) => properties.get(field).finding("nothing: traffic would go around the proxy")),
        ...appPorts.require(
            ports.every((port) => listed("AppPorts").includes(String(port))),
            `the listener's ports: ${ports.map(String).join(", ")}`,
        ),
        ...only("EgressIgnoredIPs", openAddresses),
        ...only("EgressIgnoredPorts", openPorts),
        ...properties
            .get("IgnoredUID")
            .require(user !== "" && container.get("user").text === user, "the proxy's own user"),
        ...alike.map((other) => other.get("user").finding("another user than the proxy's")),
    ];
}
