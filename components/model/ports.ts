/** The one port on which mesh members take traffic from the network, always mTLS. */
export const meshPort = 15443;

/** Envoy's administration interface, on loopback only. */
export const adminPort = 9901;

/** The collector beside the proxy takes traces and statistics here (OTLP over gRPC), on loopback only. */
export const collectorPort = 4317;

/** The collector says here that it is well, on loopback only. */
export const collectorHealthPort = 13133;

/** Ports of a task that no service and no caller-side listener may use. */
export const reservedPorts: readonly number[] = [collectorPort, adminPort, collectorHealthPort, meshPort];
