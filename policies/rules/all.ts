import type { Rule } from "../rule";
import { gatewayAuthentication } from "./gatewayAuthentication";
import { gatewayClientCertificate } from "./gatewayClientCertificate";
import { gatewayCors } from "./gatewayCors";
import { gatewayDeployment } from "./gatewayDeployment";
import { gatewayEndpoint } from "./gatewayEndpoint";
import { gatewayIdentity } from "./gatewayIdentity";
import { gatewayObservability } from "./gatewayObservability";
import { gatewayPrivateIntegration } from "./gatewayPrivateIntegration";
import { gatewayRequestValidation } from "./gatewayRequestValidation";
import { gatewaySignIn } from "./gatewaySignIn";
import { gatewayVersions } from "./gatewayVersions";
import { gatewayWebAcl } from "./gatewayWebAcl";
import { meshCircuitBreaker } from "./meshCircuitBreaker";
import { meshDiscovery } from "./meshDiscovery";
import { meshMtls } from "./meshMtls";
import { meshAuthorization } from "./meshAuthorization";
import { meshObservability } from "./meshObservability";
import { meshTraffic } from "./meshTraffic";
import { meshReadable } from "./meshReadable";
import { meshStopping } from "./meshStopping";
import { meshMembership } from "./meshMembership";
import { meshCertificates } from "./meshCertificates";
import { migrationPhase } from "./migrationPhase";
import { noAppMesh } from "./noAppMesh";
import { baseReadable } from "./baseReadable";
import { baseStackReferences } from "./baseStackReferences";
import { baseSecurityGroups } from "./baseSecurityGroups";
import { baseIam } from "./baseIam";
import { baseEncryption } from "./baseEncryption";
import { baseContainers } from "./baseContainers";
import { observabilityAlarms } from "./observabilityAlarms";
import { observabilityDashboards } from "./observabilityDashboards";
import { rateLimit } from "./rateLimit";

/** Every rule of the pack, in the order in which it is documented. */
export const rules: readonly Rule[] = [
    meshMtls(),
    meshReadable(),
    meshCircuitBreaker(),
    rateLimit(),
    gatewayAuthentication(),
    gatewaySignIn(),
    gatewayIdentity(),
    gatewayRequestValidation(),
    gatewayCors(),
    gatewayPrivateIntegration(),
    gatewayEndpoint(),
    gatewayVersions(),
    gatewayDeployment(),
    gatewayObservability(),
    gatewayClientCertificate(),
    gatewayWebAcl(),
    meshAuthorization(),
    meshTraffic(),
    meshDiscovery(),
    meshObservability(),
    meshStopping(),
    meshMembership(),
    meshCertificates(),
    observabilityAlarms(),
    observabilityDashboards(),
    migrationPhase(),
    noAppMesh(),
    baseReadable(),
    baseStackReferences(),
    baseSecurityGroups(),
    baseIam(),
    baseEncryption(),
    baseContainers(),
];
