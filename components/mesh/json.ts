/** What containers, proxies and virtual nodes are written in: protobuf messages in their JSON form have no null, and neither have ECS's. */
export type Json = string | number | boolean | readonly Json[] | JsonObject;
export interface JsonObject {
    readonly [field: string]: Json;
}
