import { added } from "../../../../tools/mutants/operator";
import { proxy } from "../../../../tools/mutants/operators/bootstraps";
import {
    containers,
    setTo,
    unknownAt,
    unknownContainers,
    withResource,
    type Change,
    type RuleCases,
} from "./case";

const opening = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const role = "aws:iam/role:Role";
const order = "order-service";

/** A mesh of another stack, beside the program's own. */
function joined(props: Record<string, unknown>): Change {
    return (program) => added(program, "shop:mesh:JoinedMesh", "joined", props);
}

/** What the rules below gateway and mesh must refuse, in the dev stack at its first preview. */
export const baseCases: Readonly<Record<string, RuleCases>> = {
    "base-readable": {
        violating: [
            withResource("aws:lambda/function:Function", "handler"),
            "type: found aws:lambda/function:Function; required a type that this pack reads",
        ],
        missing: [withResource("aws:", "nothing"), "type: found aws:; required a type that this pack reads"],
        unknown: [
            withResource("acme:index/tunnel:Tunnel", "tunnel"),
            "type: found acme:index/tunnel:Tunnel; required a type that this pack reads",
        ],
    },
    "base-stack-references": {
        violating: [
            joined({ stack: "organization/other/dev", anchors: { namespaceId: "ns-1" } }),
            'stack: found "organization/other/dev"; required one of the listed stacks: there is none',
            'name: found "user-service"; required one of the listed members: there is none',
            'name: found "product-service"; required one of the listed members: there is none',
            'name: found "order-service"; required one of the listed members: there is none',
            'name: found "payment-service"; required one of the listed members: there is none',
            'name: found "inventory-service"; required one of the listed members: there is none',
            'name: found "notification-service"; required one of the listed members: there is none',
            'name: found "analytics-service"; required one of the listed members: there is none',
            'name: found "search-service"; required one of the listed members: there is none',
            'name: found "ingress"; required one of the listed members: there is none',
        ],
        missing: [
            setTo("shop:mesh:ServiceMesh", undefined, "contracts", { "organization/other/dev": { tax: {} } }),
            "contracts: found organization/other/dev; required one of the listed stacks: there is none",
        ],
        unknown: [
            unknownAt("shop:mesh:ServiceMesh", undefined, "contracts"),
            "contracts: found a value that is unknown until it is deployed; required an object that is known at preview",
        ],
    },
    "base-security-groups": {
        violating: [
            setTo(opening, "mesh-members-in", "cidrIpv4", "0.0.0.0/0"),
            'cidrIpv4: found "0.0.0.0/0"; required a private address range, or a security group',
        ],
        missing: [
            setTo(opening, "mesh-members-in", "ipProtocol", undefined),
            "ipProtocol: found nothing 15443 to 15443; required one tcp port",
        ],
        unknown: [
            unknownAt(opening, "mesh-members-in", "securityGroupId"),
            "securityGroupId: found a value that is unknown until it is deployed; required a security group of this program, which is judged",
        ],
    },
    "base-iam": {
        violating: [
            setTo(
                role,
                "order-service-task",
                "assumeRolePolicy",
                JSON.stringify({
                    Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
                }),
            ),
            'assumeRolePolicy.Statement[0].Principal: found "*"; required principals by name',
        ],
        missing: [
            setTo(role, "order-service-task", "assumeRolePolicy", undefined),
            "assumeRolePolicy: found nothing; required a policy document as JSON text, or one that its component registered",
        ],
        unknown: [
            unknownAt(role, "order-service-task", "assumeRolePolicy"),
            "assumeRolePolicy: found a value that is unknown until it is deployed; required a policy document as JSON text, or one that its component registered",
        ],
    },
    "base-encryption": {
        violating: [
            setTo(logGroup, "order-service-logs", "retentionInDays", 1),
            "retentionInDays: found 1; required at least 7, and not for ever",
        ],
        missing: [
            setTo(logGroup, "order-service-logs", "kmsKeyId", undefined),
            "kmsKeyId: found nothing; required a customer-managed key",
        ],
        unknown: [
            unknownAt(logGroup, "order-service-logs", "retentionInDays"),
            "retentionInDays: found a value that is unknown until it is deployed; required at least 7, and not for ever",
        ],
    },
    "base-containers": {
        violating: [
            containers(order, (each) => {
                proxy(each).user = "0";
            }),
            'containerDefinitions["envoy"].user: found "0"; required a user other than root',
        ],
        missing: [
            containers(order, (each) => {
                delete proxy(each).readonlyRootFilesystem;
            }),
            'containerDefinitions["envoy"].readonlyRootFilesystem: found nothing; required true',
        ],
        unknown: [
            unknownContainers(order),
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
        ],
    },
};
