import type { Rule } from "../rule";
import { gatewayAuthentication } from "./gatewayAuthentication";
import { gatewayClientCertificate } from "./gatewayClientCertificate";
import { gatewayCors } from "./gatewayCors";
import { gatewayEndpoint } from "./gatewayEndpoint";
import { gatewayObservability } from "./gatewayObservability";
import { gatewayPrivateIntegration } from "./gatewayPrivateIntegration";
import { gatewayRequestValidation } from "./gatewayRequestValidation";
import { gatewayWebAcl } from "./gatewayWebAcl";
import { meshCircuitBreaker } from "./meshCircuitBreaker";
import { meshMtls } from "./meshMtls";
import { rateLimit } from "./rateLimit";

/** Every rule of the pack, in the order in which it is documented. */
export const rules: readonly Rule[] = [
    meshMtls(),
    meshCircuitBreaker(),
    rateLimit(),
    gatewayAuthentication(),
    gatewayRequestValidation(),
    gatewayCors(),
    gatewayPrivateIntegration(),
    gatewayEndpoint(),
    gatewayObservability(),
    gatewayClientCertificate(),
    gatewayWebAcl(),
];
