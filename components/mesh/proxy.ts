import { isPinnedImage, wantImage } from "../model/images";
import { Issues, type Issue } from "../model/issues";

/** The Envoy container of every task. */
export interface ProxyArgs {
    /** Envoy's standard image (it has a shell, which the distroless one has not), by digest or exact tag. */
    readonly image: string;
    /** MiB that the proxy may use. @default 160 */
    readonly memory?: number;
    /** Worker threads. @default 1, enough for tasks of up to 1 vCPU; round robin is even within one thread */
    readonly concurrency?: number;
}

export type Proxy = Required<ProxyArgs>;

export function resolveProxy({ image, memory = 160, concurrency = 1 }: ProxyArgs): Proxy {
    return { image, memory, concurrency };
}

export function checkProxy(args: ProxyArgs): readonly Issue[] {
    const { image, memory, concurrency } = resolveProxy(args);
    const issues = new Issues();
    issues.require(isPinnedImage(image), "proxy.image", image, wantImage);
    const enough = Number.isInteger(memory) && memory >= 96;
    issues.require(enough, "proxy.memory", memory, "at least 96 MiB: two thirds of that is Envoy at rest");
    const threads = Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 16;
    issues.require(threads, "proxy.concurrency", concurrency, "1 to 16 threads");
    return issues.all;
}
