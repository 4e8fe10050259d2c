import { isPinnedImage, wantImage } from "../../model/images";
import { Issues, type Issue } from "../../model/issues";

/** The OpenTelemetry collector beside every proxy. */
export interface TelemetryArgs {
    /** AWS Distro for OpenTelemetry collector, by digest or exact tag. */
    readonly image: string;
    /** MiB that the collector may use. @default 96 */
    readonly memory?: number;
    /** Percent of the requests of which a trace is made, decided where a request enters the mesh. @default 5 */
    readonly tracedPercent?: number;
    /** Namespace of the mesh's metrics in CloudWatch. @default "<prefix>/mesh" */
    readonly namespace?: string;
}

export type TelemetrySettings = Required<TelemetryArgs>;

export function resolveTelemetry(
    { image, memory = 96, tracedPercent = 5, namespace }: TelemetryArgs,
    prefix: string,
): TelemetrySettings {
    return { image, memory, tracedPercent, namespace: namespace ?? `${prefix}/mesh` };
}

export function checkTelemetry(args: TelemetryArgs, prefix: string): readonly Issue[] {
    const { image, memory, tracedPercent, namespace } = resolveTelemetry(args, prefix);
    const issues = new Issues();
    issues.require(isPinnedImage(image), "image", image, wantImage);
    issues.require(Number.isInteger(memory) && memory >= 64, "memory", memory, "at least 64 MiB");
    const percent = tracedPercent >= 0 && tracedPercent <= 100;
    issues.require(percent, "tracedPercent", tracedPercent, "0 to 100 percent");
    const named = /^[\w./#-]{1,255}$/.test(namespace) && !namespace.startsWith("AWS/");
    issues.require(named, "namespace", namespace, 'letters, digits and . - _ / #, not beginning with "AWS/"');
    return issues.all;
}
