import type { Operator } from "../operator";

export const guestOperators: readonly Operator[] = [];
