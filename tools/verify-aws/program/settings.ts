import * as pulumi from "@pulumi/pulumi";

/** What the probe is deployed with; everything else is what the components do by themselves, since that is what is looked at. */
export interface ProbeSettings {
    readonly prefix: string;
    readonly region: string;
    readonly domain: string;
    readonly hostedZoneId: string;
    readonly origins: readonly string[];
    readonly images: { readonly envoy: string; readonly collector: string; readonly probe: string };
    /** Another one in the second deploy, so that only certificates change. */
    readonly certificateHours: number;
    readonly privateCaArn: string | undefined;
    readonly issuer: { readonly issuer: string; readonly audiences: readonly string[] } | undefined;
}

export function readSettings(): ProbeSettings {
    const config = new pulumi.Config();
    return {
        prefix: pulumi.getStack(),
        region: new pulumi.Config("aws").require("region"),
        domain: config.require("domain"),
        hostedZoneId: config.require("hostedZoneId"),
        origins: config.requireObject("origins"),
        images: config.requireObject("images"),
        certificateHours: config.requireNumber("certificateHours"),
        privateCaArn: config.get("privateCaArn"),
        issuer: config.getObject("issuer"),
    };
}
