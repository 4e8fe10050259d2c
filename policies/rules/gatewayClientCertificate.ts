import { idsOf } from "../facts/gateway/apis";
import { isOfJoinedEdge } from "../facts/handOver";
import { joinedUnless } from "../facts/join";
import { stagesOf } from "../facts/stages";
import { each, type Rule } from "../rule";

const certificateType = "aws:apigateway/clientCertificate:ClientCertificate";

/** ADR-003: the mesh knows the gateway by its certificate. */
export function gatewayClientCertificate(): Rule {
    return {
        id: "gateway-client-certificate",
        title: "The gateway shows the mesh a certificate",
        description: "Every stage presents a client certificate of this program to the mesh's ingress.",
        clause: "Service-to-service authentication",
        severity: "high",
        controls: ["Security Hub APIGateway.2"],
        remediation: "leave clientCertificateId of the stage as ExternalApi sets it.",
        settings: {},
        checks: (stack) =>
            each(stagesOf(stack), (stage) => {
                joinedUnless(
                    (id) => isOfJoinedEdge(id, stack, "clientCertificateId"),
                    stage,
                    "clientCertificateId",
                    certificateType,
                    idsOf,
                );
                return [];
            }),
    };
}
