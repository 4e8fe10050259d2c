/**
 * Pulumi keeps a stack trace with each of its promises, for a leak detector that prints them only where PULUMI_DEBUG_PROMISE_LEAKS is
 * set. Looking up every frame's line in TypeScript took a fifth of a preview's processor time: those traces are left out.
 */
type Format = (error: Error, frames: NodeJS.CallSite[]) => unknown;

const errors: { prepareStackTrace?: Format } = Error;
const format = errors.prepareStackTrace;

if (format !== undefined && process.env.PULUMI_DEBUG_PROMISE_LEAKS === undefined) {
    errors.prepareStackTrace = (error, frames): unknown =>
        frames[0]?.getFunctionName() === "debuggablePromise" ? "" : format(error, frames);
}
