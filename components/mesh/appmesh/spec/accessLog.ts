import { logFields } from "../../envoy/accessLog";
import type { Logging } from "./types";

/** Envoy took up the path without its query string after the release that App Mesh ended with, and a query may be about a person. */
const unknownToProxy = ["path"];

/** One JSON line a request on standard output: the fields of the other data plane, as far as this proxy knows them. */
export const accessLog: Logging = {
    accessLog: {
        file: {
            path: "/dev/stdout",
            format: {
                jsons: Object.entries(logFields)
                    .filter(([key]) => !unknownToProxy.includes(key))
                    .map(([key, value]) => ({ key, value })),
            },
        },
    },
};
