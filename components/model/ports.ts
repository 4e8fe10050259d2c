/** The one port on which mesh members take traffic from the network, always mTLS. */
export const meshPort = 15443;

/** Envoy's administration interface, on loopback only. */
export const adminPort = 9901;

/** Ports of a task that no service and no caller-side listener may use. */
export const reservedPorts: readonly number[] = [adminPort, meshPort];
