import * as http from "node:http";

/** Whether a health check, plain HTTP, is answered 200 at once. */
export function isWell(check: {
    readonly host: string;
    readonly port: number;
    readonly path?: string;
}): Promise<boolean> {
    return new Promise((resolve) => {
        http.get({ ...check, agent: false }, (response) => {
            response.resume();
            resolve(response.statusCode === 200);
        }).on("error", () => {
            resolve(false);
        });
    });
}
