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
import { meshAuthorization } from "./meshAuthorization";
import { meshTraffic } from "./meshTraffic";
import { meshStopping } from "./meshStopping";
import { meshMembership } from "./meshMembership";
import { meshCertificates } from "./meshCertificates";
import { noAppMesh } from "./noAppMesh";
import { baseReadable } from "./baseReadable";
import { baseSecurityGroups } from "./baseSecurityGroups";
import { baseIam } from "./baseIam";
import { baseEncryption } from "./baseEncryption";
import { baseContainers } from "./baseContainers";
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
    meshAuthorization(),
    meshTraffic(),
    meshStopping(),
    meshMembership(),
    meshCertificates(),
    noAppMesh(),
    baseReadable(),
    baseSecurityGroups(),
    baseIam(),
    baseEncryption(),
    baseContainers(),
];
