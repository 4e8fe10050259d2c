import type { Resource, Stack } from "./stack";

export const stageType = "aws:apigateway/stage:Stage";

/** Every deployed version of a public API. */
export function stagesOf(stack: Stack): readonly Resource[] {
    return stack.ofType(stageType);
}
