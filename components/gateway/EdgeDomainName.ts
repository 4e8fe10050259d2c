import * as acm from "@pulumi/aws/acm";
import * as apigateway from "@pulumi/aws/apigateway";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { transformed, type Transform } from "../transform";
import type { EdgeDomain } from "./edgeArgs";

export interface EdgeDomainNameArgs extends EdgeDomain {
    /** Refuse to delete what clients and DNS know. */
    readonly protect: boolean;
    readonly transform?: Transform<apigateway.DomainNameArgs> | undefined;
}

/** Seconds for which resolvers may keep a record that proves the domain's ownership. */
const validationTtlSeconds = 300;

/** The Regional custom domain of all APIs, its certificate and its DNS records. */
export class EdgeDomainName extends pulumi.ComponentResource {
    readonly domainName: apigateway.DomainName;
    readonly zoneId: pulumi.Output<string>;

    constructor(name: string, args: EdgeDomainNameArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:EdgeDomainName", name, {}, opts);
        this.zoneId = this.zone(name, args);
        const certificateArn =
            args.certificateArn === undefined
                ? this.createCertificate(name, args)
                : pulumi.output(args.certificateArn);
        this.domainName = new apigateway.DomainName(
            name,
            transformed<apigateway.DomainNameArgs>(
                {
                    domainName: args.name,
                    endpointConfiguration: { types: "REGIONAL" },
                    regionalCertificateArn: certificateArn,
                    securityPolicy: "TLS_1_2",
                },
                args.transform,
            ),
            { parent: this, protect: args.protect },
        );
        this.createRecords(name, args.name);
        this.registerOutputs({ domainName: this.domainName.domainName, zoneId: this.zoneId });
    }

    private zone(name: string, { zone, protect }: EdgeDomainNameArgs): pulumi.Output<string> {
        if ("id" in zone) {
            return pulumi.output(zone.id);
        }
        return new route53.Zone(
            `${name}-zone`,
            { name: zone.name, comment: "Public APIs" },
            { parent: this, protect },
        ).zoneId;
    }

    private createCertificate(name: string, args: EdgeDomainNameArgs): pulumi.Output<string> {
        const certificate = new acm.Certificate(
            `${name}-certificate`,
            { domainName: args.name, validationMethod: "DNS" },
            { parent: this },
        );
        const proof = certificate.domainValidationOptions.apply(([option]) => option);
        const record = new route53.Record(
            `${name}-validation`,
            {
                zoneId: this.zoneId,
                name: proof.apply((option) => option?.resourceRecordName ?? ""),
                type: proof.apply((option) => option?.resourceRecordType ?? "CNAME"),
                records: [proof.apply((option) => option?.resourceRecordValue ?? "")],
                ttl: validationTtlSeconds,
                allowOverwrite: true,
            },
            { parent: this },
        );
        return new acm.CertificateValidation(
            `${name}-validated`,
            { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
            { parent: this },
        ).certificateArn;
    }

    private createRecords(name: string, host: string): void {
        new route53.Record(
            `${name}-alias`,
            {
                zoneId: this.zoneId,
                name: host,
                type: "A",
                aliases: [
                    {
                        name: this.domainName.regionalDomainName,
                        zoneId: this.domainName.regionalZoneId,
                        evaluateTargetHealth: false,
                    },
                ],
            },
            { parent: this },
        );
    }
}
