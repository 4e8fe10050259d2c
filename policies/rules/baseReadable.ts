import { settled } from "../configuration";
import { isReadable } from "../facts/readableTypes";
import { isOverdue, reviewedList, staleEntries, type Review } from "../review";
import { each, type Rule } from "../rule";

interface AllowedType extends Review {
    readonly type: string;
}
const settings = {
    allowedTypes: reviewedList<AllowedType>({
        type: {
            type: "string",
            minLength: 3,
            description: "Type of the resource, as in aws:lambda/function:Function.",
        },
    }),
};

/** Services of other accounts are called `com.amazonaws.vpce.<region>.vpce-svc-…`. */
const awsService = /^com\.amazonaws\.(?!vpce\.)[a-z0-9-]+\.[a-z0-9.-]+$/;

/** What cannot be read may carry traffic around everything that the other rules hold. */
export function baseReadable(): Rule {
    return {
        id: "base-readable",
        title: "Nothing that carries traffic unread",
        description:
            "Every resource is of a type that this pack reads, or that is known to carry no requests, or is allowed with a reason.",
        clause: "Handle all external client requests",
        severity: "high",
        controls: [
            "Security Hub APIGateway.8",
            "Security Hub APIGateway.9",
            "Security Hub APIGateway.10",
            "Security Hub ECS.16",
        ],
        remediation:
            "use the components of this program, or list the type under allowedTypes with reason, owner and review date.",
        settings,
        checks: (stack, configured) => {
            const { allowedTypes } = settled(settings, configured);
            const allowed = allowedTypes.filter((entry) => !isOverdue(entry)).map(({ type }) => type);
            const unread = stack.all.filter((resource) => !isReadable(resource));
            return [
                ...each(
                    unread.filter(({ type }) => !allowed.includes(type)),
                    ({ type }) => [{ at: "type", found: type, required: "a type that this pack reads" }],
                ),
                ...each(stack.ofType("aws:ec2/vpcEndpoint:VpcEndpoint"), ({ props }) => {
                    const service = props.get("serviceName");
                    return service.require(
                        awsService.test(service.text ?? ""),
                        "a service of AWS's own: others lead out of this account",
                    );
                }),
                ...each(stack.ofType("aws:ec2/routeTable:RouteTable"), (table) => {
                    const routes = table.props.get("routes");
                    return routes.require(
                        table.isComputed("routes") || routes.items().length === 0,
                        "nothing: what leads out of the network is a resource of its own, which is refused",
                    );
                }),
                {
                    judge: () =>
                        staleEntries(
                            "allowedTypes",
                            allowedTypes,
                            (entry) => unread.some(({ type }) => type === entry.type),
                            ({ type }) => type,
                        ),
                },
            ];
        },
    };
}
