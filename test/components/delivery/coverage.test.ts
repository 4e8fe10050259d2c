import { expect } from "chai";
import { coveredTypes } from "../../../components/delivery/documents";
import { awsTable } from "../../../local/providers/aws/table";
import { scope } from "./support";

/**
 * What local mode emulates although the deployed stacks have none of it, or an administrator alone deploys it. App Mesh ended, so
 * that no role may ask for it.
 */
const NOT_DEPLOYED_BY_CI: readonly string[] = [
    "aws:apigateway/basePathMapping:BasePathMapping",
    "aws:apigateway/response:Response",
    "aws:appmesh/gatewayRoute:GatewayRoute",
    "aws:appmesh/mesh:Mesh",
    "aws:appmesh/route:Route",
    "aws:appmesh/virtualGateway:VirtualGateway",
    "aws:appmesh/virtualNode:VirtualNode",
    "aws:appmesh/virtualRouter:VirtualRouter",
    "aws:appmesh/virtualService:VirtualService",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    "aws:ec2/eip:Eip",
    "aws:ec2/natGateway:NatGateway",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:iam/policy:Policy",
    "aws:wafv2/ipSet:IpSet",
];

describe("The deploy role", () => {
    it("knows every type of resource that the program can deploy", () => {
        const covered = coveredTypes(scope);
        const unknown = Object.keys(awsTable).filter((type) => !covered.has(type));
        // A new type needs its permissions in components/delivery/grants, or its name above.
        expect(unknown.sort()).to.deep.equal([...NOT_DEPLOYED_BY_CI].sort());
    });
});
