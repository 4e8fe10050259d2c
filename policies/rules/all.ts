import type { Rule } from "../rule";
import { meshCircuitBreaker } from "./meshCircuitBreaker";
import { meshMtls } from "./meshMtls";
import { rateLimit } from "./rateLimit";

/** Every rule of the pack, in the order in which it is documented. */
export const rules: readonly Rule[] = [meshMtls(), meshCircuitBreaker(), rateLimit()];
