import type { Operator } from "../operator";
import { gatewayOperators } from "./gateway";

export const operators: readonly Operator[] = [...gatewayOperators];
