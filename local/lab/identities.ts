import { clientCertificateKey } from "../providers/aws/clientCertificate";
import type { DeployedProxy, StackExport } from "./deployedProxies";
import type { ClientTls } from "./requests";

const clientCertificateType = "aws:apigateway/clientCertificate:ClientCertificate";

/** A member's own certificate and key, as its task holds them. */
export function memberIdentity({ environment }: DeployedProxy): ClientTls {
    const { MESH_CERTIFICATE: cert = "", MESH_PRIVATE_KEY: key = "" } = environment;
    return { cert, key };
}

/** API Gateway's client certificate, with the key that the emulated provider derives from its id. */
export function gatewayIdentity(stack: StackExport): ClientTls {
    const found = (stack.deployment.resources ?? []).find(({ type }) => type === clientCertificateType);
    if (found?.id === undefined) {
        throw new Error("the stack has no client certificate of API Gateway");
    }
    return { cert: String(found.outputs?.pemEncodedCertificate), key: clientCertificateKey(found.id) };
}
