import { settled } from "../configuration";
import type { Finding } from "../finding";
import { apiFacts, restApis } from "../facts/gateway/apis";
import { mappingsOf } from "../facts/gateway/mappings";
import type { Resource, Stack } from "../facts/stack";
import type { Value } from "../facts/value";
import { each, type Rule } from "../rule";

const settings = {
    securityPolicies: {
        type: "array" as const,
        items: { type: "string" as const, pattern: "^(TLS_1_2|SecurityPolicy_TLS1[23].*)$" },
        default: ["TLS_1_2"] as readonly string[],
    },
};

const domainType = "aws:apigateway/domainName:DomainName";

/** ADR-003: clients come in through the one domain, with its TLS policy, and by no other door. */
export function gatewayEndpoint(): Rule {
    return {
        id: "gateway-endpoint",
        title: "One domain with TLS 1.2 or newer",
        description:
            "No API answers at its default endpoint, every custom domain refuses versions of TLS older than 1.2, and leads to stages of this program only.",
        clause: "Handle all external client requests; API Versioning (v1, v2)",
        severity: "high",
        controls: [],
        remediation:
            "leave disableExecuteApiEndpoint, the domain's securityPolicy and its mappings as generated.",
        settings,
        checks: (stack, configured) => {
            const { securityPolicies } = settled(settings, configured);
            return [
                ...each(restApis(stack), hasNoOtherDoor),
                ...each(stack.ofType("aws:route53/record:Record"), (record) => namesDomain(record, stack)),
                ...mappingsOf(stack).map(({ subject, stage }) => ({ subject, judge: () => leadsTo(stage) })),
                ...each(stack.ofType(domainType), ({ props }) => {
                    const policy = props.get("securityPolicy");
                    const wanted = `one of ${securityPolicies.join(", ")}`;
                    return policy.require(securityPolicies.includes(policy.text ?? ""), wanted);
                }),
            ];
        },
    };
}

/** Somebody else's API under this domain would be another door, which nothing here holds. */
function leadsTo(stage: () => Resource): readonly Finding[] {
    stage();
    return [];
}

/** A second record of the domain's name, weighted perhaps, would send clients elsewhere. */
function namesDomain(record: Resource, stack: Stack): readonly Finding[] {
    const name = record.props.get("name");
    const domain = stack.ofType(domainType).find(({ props }) => sameName(props.get("domainName"), name));
    if (domain === undefined) {
        return [];
    }
    const [aliases, routing] = [record.props.get("aliases"), record.props.get("setIdentifier")];
    const sources = record.sources("aliases", domainType);
    const regional = domain.props.get("regionalDomainName");
    const isOwn = aliases
        .items()
        .every((alias) => alias.get("name").isUnknown || sameName(alias.get("name"), regional));
    return [
        ...aliases.require(
            sources.length === 1 && sources[0]?.urn === domain.urn && aliases.items().length === 1 && isOwn,
            `the alias of ${domain.type} "${domain.name}"`,
        ),
        ...routing.require(routing.isMissing, "nothing: one record for everybody"),
    ];
}

function sameName({ text: a }: Value, { text: b }: Value): boolean {
    return a !== undefined && a.replace(/\.$/, "").toLowerCase() === b?.replace(/\.$/, "").toLowerCase();
}

function hasNoOtherDoor(restApi: Resource): readonly Finding[] {
    const { props } = restApi;
    const off = props.get("disableExecuteApiEndpoint");
    const imported = apiFacts(restApi).document.get(
        "x-amazon-apigateway-endpoint-configuration",
        "disableExecuteApiEndpoint",
    );
    const mode = props.get("putRestApiMode");
    return [
        ...off.require(off.isTrue, "true: only the domain has the Web ACL's limits for all APIs"),
        ...imported.require(imported.isMissing || imported.isTrue, "true"),
        ...mode.require(
            mode.isMissing || mode.text === "overwrite" || restApi.isComputed("putRestApiMode"),
            '"overwrite": merging keeps operations that the document no longer has',
        ),
    ];
}
