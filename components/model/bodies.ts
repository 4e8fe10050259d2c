/**
 * The largest request bodies, in bytes. `client` is what AWS WAF reads by default, so that nothing passes unread. The ingress leaves room for
 * what API Gateway's mapping templates add, and stops what WAF did not see as it is. Source: AWS WAF, "Oversize web request components".
 */
export const largestBody = { client: 16 * 1024, ingress: 64 * 1024 } as const;
