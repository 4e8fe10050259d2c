import type { Issue } from "../model/issues";
import type { JsonObject } from "./json";

const kibibyte = 1024;
/** A task definition may have 64 KiB (Amazon ECS developer guide: Amazon ECS service quotas); what ECS adds to it needs room too. */
const budgetBytes = 56 * kibibyte;

/** The container definitions as text, and the issue of a text that ECS would refuse; `remedy` ends the sentence "use at most …: …". */
export function containerDefinitions(
    containers: readonly JsonObject[],
    remedy: string,
): {
    text: string;
    issues: readonly Issue[];
} {
    const text = JSON.stringify(containers);
    const bytes = Buffer.byteLength(text);
    const issues =
        bytes <= budgetBytes
            ? []
            : [
                  {
                      path: "containerDefinitions",
                      got: `${Math.ceil(bytes / kibibyte)} KiB`,
                      want: `at most ${budgetBytes / kibibyte} KiB: ${remedy}`,
                  },
              ];
    return { text, issues };
}
