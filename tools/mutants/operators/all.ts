import type { Operator } from "../operator";
import { baseOperators } from "./base";
import { gatewayOperators } from "./gateway";
import { meshOperators } from "./mesh";

export const operators: readonly Operator[] = [...gatewayOperators, ...meshOperators, ...baseOperators];
