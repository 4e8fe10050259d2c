import { Issues, type Issue } from "../model/issues";
import { isDnsLabel, isDnsName, wantDnsName } from "../model/names";
import { checkClients } from "./clients";
import type { ApiEdgeArgs } from "./edgeArgs";
import { checkLimits } from "./limits";

export function checkEdge(args: ApiEdgeArgs): readonly Issue[] {
    const issues = new Issues();
    const { name, zone } = args.domain;
    issues.require(isDnsName(name), "domain.name", name, wantDnsName);
    if ("create" in zone) {
        const holds = isDnsName(zone.name) && (name === zone.name || name.endsWith(`.${zone.name}`));
        issues.require(holds, "domain.zone.name", zone.name, `${name} or a domain above it`);
    }
    const { domainPrefix } = args.signIn;
    // Source: Cognito developer guide, "Using the Amazon Cognito hosted domain": these words are AWS's own.
    const isAllowed = isDnsLabel(domainPrefix) && !/aws|amazon|cognito/.test(domainPrefix);
    issues.require(
        isAllowed,
        "signIn.domainPrefix",
        domainPrefix,
        'a DNS label without "aws", "amazon" or "cognito"',
    );
    issues.addAll(checkClients(args.clients, args.scopes));
    issues.addAll(checkLimits(args.limits));
    return issues.all;
}
