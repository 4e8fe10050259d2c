import type { Observed } from "../observed";
import { apiAlarms } from "./api";
import { joined, type AlarmDefinitions } from "./definition";
import { edgeAlarms } from "./edge";
import { meshAlarms } from "./mesh";
import type { AlarmThresholds } from "./thresholds";

export function allAlarms(observed: Observed, thresholds: AlarmThresholds): AlarmDefinitions {
    const { gateway, prefix } = observed;
    return joined(
        ...gateway.apis.map((api) => apiAlarms(api, prefix, thresholds)),
        edgeAlarms(observed, thresholds),
        meshAlarms(observed, thresholds),
    );
}
