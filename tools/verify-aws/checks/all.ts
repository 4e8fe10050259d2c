import type { Check } from "../check";
import { access } from "./access";
import { alarms } from "./alarms";
import { answers } from "./answers";
import { certificates } from "./certificates";
import { delivery } from "./delivery";
import { limiter } from "./limiter";
import { migration } from "./migration";
import { limits } from "./limits";
import { logs } from "./logs";
import { tasks } from "./tasks";
import { telemetry } from "./telemetry";
import { versions } from "./versions";
import { way } from "./way";
import { webAcl } from "./webAcl";

/** One for each row of docs/unproven.md. What replaces tasks or uses up limits comes last. */
export const checks: readonly Check[] = [
    ...way,
    ...access,
    ...answers,
    ...versions,
    ...certificates,
    ...delivery,
    ...migration,
    ...limiter,
    ...limits,
    ...logs,
    ...alarms,
    ...telemetry,
    ...webAcl,
    ...tasks,
];
