import type { Operator } from "../operator";
import { attackOperators } from "./attacks";
import { baseOperators } from "./base";
import { doorOperators } from "./doors";
import { gatewayOperators } from "./gateway";
import { meshOperators } from "./mesh";
import { observabilityOperators } from "./observability";
import { proxyOperators } from "./proxies";
import { rateLimitOperators } from "./rateLimit";
import { readings } from "./readings";
import { shortcutOperators } from "./shortcuts";
import { unreadOperators } from "./unreadFields";

export const operators: readonly Operator[] = [
    ...gatewayOperators,
    ...rateLimitOperators,
    ...attackOperators,
    ...doorOperators,
    ...meshOperators,
    ...proxyOperators,
    ...readings,
    ...unreadOperators,
    ...observabilityOperators,
    ...baseOperators,
    ...shortcutOperators,
];
