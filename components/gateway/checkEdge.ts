import type * as wafv2 from "@pulumi/aws/wafv2";
import { Issues, type Issue } from "../model/issues";
import { isDnsName, wantDnsName } from "../model/names";
import { checkOrigins } from "../model/origins";
import { checkWebAcl } from "./checkWebAcl";
import { checkClients } from "./clients";
import type { ApiEdgeArgs } from "./edgeArgs";
import { checkLimits } from "./limits";
import { checkSignIn } from "./signIn";

export function checkEdge(args: ApiEdgeArgs, webAcl: wafv2.WebAclArgs): readonly Issue[] {
    const issues = new Issues();
    const { name, zone } = args.domain;
    issues.require(isDnsName(name), "domain.name", name, wantDnsName);
    if ("create" in zone) {
        const holds = isDnsName(zone.name) && (name === zone.name || name.endsWith(`.${zone.name}`));
        issues.require(holds, "domain.zone.name", zone.name, `${name} or a domain above it`);
    }
    checkSignIn(args.signIn, issues);
    issues.addAll(checkClients(args.clients, args.scopes));
    checkOrigins(args.allowedOrigins ?? [], issues);
    issues.addAll(checkLimits(args.limits));
    issues.addAll(checkWebAcl(webAcl));
    return issues.all;
}
