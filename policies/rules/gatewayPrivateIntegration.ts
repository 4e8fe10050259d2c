import { settled } from "../configuration";
import { gather, gatherOver } from "../finding";
import { apiFacts, restApis } from "../facts/gateway/apis";
import { phaseOf } from "../facts/phase";
import { stagesServing } from "../facts/gateway/stages";
import {
    integratesPrivately,
    isUnverified,
    targetsIngress,
    usesOwnLink,
    type PrivateLink,
} from "../requirements/privateIntegration";
import { reviewedList, staleEntries, isOverdue, type Review } from "../review";
import { each, type Rule } from "../rule";

const settings = {
    /** For a mesh whose authority AWS does not know: the hop is encrypted, but its server is not authenticated. */
    unverifiedIngress: reviewedList<Review>({}),
};

/** ADR-003: API Gateway reaches services through the mesh's ingress only, and never over the internet. */
export function gatewayPrivateIntegration(): Rule {
    return {
        id: "gateway-private-integration",
        title: "Private integrations over TLS only",
        description:
            "Every operation is handed over HTTPS through a VPC link of this program to a load balancer of this program.",
        clause: "Request routing to appropriate services; Traffic encryption",
        severity: "critical",
        controls: [],
        remediation: "publish the API with ExternalApi and give it the MeshIngress as backend.",
        settings,
        waiting: {
            1: "the gateway reaches services in plain text, through the VPC link and the internal load balancer",
            2: "the gateway reaches services in plain text, through the VPC link and the internal load balancer",
        },
        checks: (stack, configured) => {
            const { unverifiedIngress } = settled(settings, configured);
            const link: PrivateLink = {
                mayBePlain: phaseOf(stack).plainEntrance,
                mayBeUnverified: unverifiedIngress.some((entry) => !isOverdue(entry)),
            };
            return [
                ...each(restApis(stack), (restApi) => {
                    const { operations } = apiFacts(restApi);
                    const forwarded = operations.filter(({ isPreflight }) => !isPreflight);
                    return gather(
                        () => gatherOver(forwarded, (operation) => integratesPrivately(operation, link)),
                        () => targetsIngress(restApi, forwarded, stack),
                        () =>
                            gatherOver(stagesServing(restApi, stack), (stage) =>
                                usesOwnLink(stage, forwarded, stack),
                            ),
                    );
                }),
                {
                    judge: () =>
                        staleEntries(
                            "unverifiedIngress",
                            unverifiedIngress,
                            () =>
                                link.mayBePlain ||
                                restApis(stack).some((restApi) =>
                                    apiFacts(restApi).operations.some(isUnverified),
                                ),
                            ({ reason }) => reason,
                        ),
                },
            ];
        },
    };
}
