import * as grpc from "@grpc/grpc-js";

/** How a unary call ended; status 0 is OK. */
export interface GrpcEnd {
    readonly status: number;
    readonly message: string;
}

/** A unary call by a real gRPC client. */
export async function callGrpc(host: string, port: number, path: string): Promise<GrpcEnd> {
    const client = new grpc.Client(`${host}:${port}`, grpc.credentials.createInsecure());
    const bytes = (message: Buffer): Buffer => message;
    const deadline = Date.now() + 20_000;
    try {
        return await new Promise((resolve) => {
            client.makeUnaryRequest(path, bytes, bytes, Buffer.alloc(0), { deadline }, (error) => {
                resolve({ status: error?.code ?? grpc.status.OK, message: error?.details ?? "" });
            });
        });
    } finally {
        client.close();
    }
}
