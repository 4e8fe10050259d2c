import { status } from "@grpc/grpc-js";
import type { handleServerStreamingCall, handleUnaryCall } from "@grpc/grpc-js";

/** A handler of one request with one answer; what it throws becomes the call's error. */
export function unary<Request, Response>(
    answer: (request: Request, abandoned: AbortSignal) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
    return (call, callback) => {
        const abandoned = new AbortController();
        call.on("cancelled", () => {
            abandoned.abort();
        });
        Promise.resolve(call.request)
            .then((request) => answer(request, abandoned.signal))
            .then(
                (response) => {
                    callback(null, response);
                },
                (error: unknown) => {
                    callback(rpcError(error));
                },
            );
    };
}

/** A handler of one request whose answers go to `output` until the promise settles. */
export function streaming<Request, Response>(
    answer: (request: Request, output: (response: Response) => void, abandoned: AbortSignal) => Promise<void>,
): handleServerStreamingCall<Request, Response> {
    return (call) => {
        const abandoned = new AbortController();
        call.on("cancelled", () => {
            abandoned.abort();
        });
        const output = (response: Response): void => {
            if (!call.cancelled) {
                call.write(response);
            }
        };
        answer(call.request, output, abandoned.signal).then(
            () => {
                call.end();
            },
            (error: unknown) => {
                call.destroy(rpcError(error));
            },
        );
    };
}

function rpcError(error: unknown): Error & { code: number; details: string } {
    const known = error instanceof Error ? error : new Error(String(error));
    const code = "code" in known && typeof known.code === "number" ? known.code : status.UNKNOWN;
    return Object.assign(known, { code, details: known.message });
}
