import { createRequire } from "node:module";

/**
 * Pulumi keeps a stack trace with each of its promises, for a leak detector that prints them only where PULUMI_DEBUG_PROMISE_LEAKS is
 * set. Making them, with every frame's line in TypeScript, took half of a program's processor time: they are left out.
 */
type Keep = (...args: readonly unknown[]) => unknown;

/** The SDK's own files call it as a property of this module, and its types do not tell of it. */
const runtime = createRequire(__filename)("@pulumi/pulumi/runtime/debuggable") as { debuggablePromise: Keep };
const keep = runtime.debuggablePromise;

if (process.env.PULUMI_DEBUG_PROMISE_LEAKS === undefined) {
    runtime.debuggablePromise = (...args): unknown => {
        const limit = Error.stackTraceLimit;
        Error.stackTraceLimit = 0;
        try {
            return keep(...args);
        } finally {
            Error.stackTraceLimit = limit;
        }
    };
}
