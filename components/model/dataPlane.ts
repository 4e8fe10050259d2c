/** What carries the mesh's traffic. */
export const dataPlaneNames = ["envoy", "appmesh"] as const;
export type DataPlaneName = (typeof dataPlaneNames)[number];
