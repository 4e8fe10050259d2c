import { gather, type Finding } from "../finding";
import type { Resource, Stack } from "../facts/stack";
import { plansOf, usagePlans } from "../facts/usagePlans";
import { webAclOf } from "../facts/webAcls";
import { throttlesKeys, type UsagePlanNumbers } from "./usagePlans";
import { limitsRates, type WebAclNumbers } from "./webAcl";

/** What holds a stage's users before a request is forwarded: the Web ACL by credential, the usage plans by API key. */
export function limitedAtGateway(
    stage: Resource,
    stack: Stack,
    numbers: WebAclNumbers & UsagePlanNumbers,
): readonly Finding[] {
    return gather(
        () => {
            const webAcl = webAclOf(stage, stack);
            return webAcl === undefined ? [] : limitsRates(webAcl, numbers);
        },
        () => throttlesKeys(plansOf(stage, usagePlans(stack)), numbers),
    );
}
