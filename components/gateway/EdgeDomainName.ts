import * as acm from "@pulumi/aws/acm";
import * as apigateway from "@pulumi/aws/apigateway";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { transformed, type Transform } from "../transform";
import type { EdgeDomain } from "./edgeArgs";

export interface EdgeDomainTransform {
    readonly domainName?: Transform<apigateway.DomainNameArgs>;
    readonly zone?: Transform<route53.ZoneArgs>;
    readonly certificate?: Transform<acm.CertificateArgs>;
    readonly validationRecord?: Transform<route53.RecordArgs>;
    readonly certificateValidation?: Transform<acm.CertificateValidationArgs>;
    readonly aliasRecord?: Transform<route53.RecordArgs>;
}

export interface EdgeDomainNameArgs extends EdgeDomain {
    /** Refuse to delete what clients and DNS know. */
    readonly protect: boolean;
    readonly transform?: EdgeDomainTransform | undefined;
}

/** Absent where a zone is brought. */
interface ZoneNodes {
    readonly zone?: route53.Zone;
}

/** Absent where a certificate is brought. */
interface CertificateNodes {
    readonly certificate?: acm.Certificate;
    readonly validationRecord?: route53.Record;
    readonly certificateValidation?: acm.CertificateValidation;
}

export interface EdgeDomainNodes extends ZoneNodes, CertificateNodes {
    readonly domainName: apigateway.DomainName;
    readonly aliasRecord: route53.Record;
}

/** Seconds for which resolvers may keep a record that proves the domain's ownership. */
const validationTtlSeconds = 300;

/** The Regional custom domain of all APIs, its certificate and its DNS records. */
export class EdgeDomainName extends pulumi.ComponentResource {
    readonly domainName: apigateway.DomainName;
    readonly zoneId: pulumi.Output<string>;
    readonly nodes: EdgeDomainNodes;

    constructor(name: string, args: EdgeDomainNameArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:EdgeDomainName", name, {}, opts);
        const zone = this.zone(name, args);
        this.zoneId = zone.id;
        const certificate = this.certificate(name, args);
        this.domainName = this.createDomainName(name, args, certificate.arn);
        const aliasRecord = this.createAlias(name, args);
        this.nodes = { domainName: this.domainName, aliasRecord, ...zone.nodes, ...certificate.nodes };
        this.registerOutputs({ domainName: this.domainName.domainName, zoneId: this.zoneId });
    }

    private zone(
        name: string,
        { protect, transform, zone }: EdgeDomainNameArgs,
    ): { id: pulumi.Output<string>; nodes: ZoneNodes } {
        if ("id" in zone) {
            return { id: pulumi.output(zone.id), nodes: {} };
        }
        const args: route53.ZoneArgs = { name: zone.name, comment: "Public APIs" };
        const created = new route53.Zone(`${name}-zone`, transformed(args, transform?.zone), {
            parent: this,
            protect,
        });
        return { id: created.zoneId, nodes: { zone: created } };
    }

    private createDomainName(
        name: string,
        { name: domainName, protect, transform }: EdgeDomainNameArgs,
        regionalCertificateArn: pulumi.Input<string>,
    ): apigateway.DomainName {
        const domain: apigateway.DomainNameArgs = {
            domainName,
            endpointConfiguration: { types: "REGIONAL" },
            regionalCertificateArn,
            securityPolicy: "TLS_1_2",
        };
        return new apigateway.DomainName(name, transformed(domain, transform?.domainName), {
            parent: this,
            protect,
        });
    }

    private certificate(
        name: string,
        { certificateArn, name: domainName, transform }: EdgeDomainNameArgs,
    ): { arn: pulumi.Input<string>; nodes: CertificateNodes } {
        if (certificateArn !== undefined) {
            return { arn: certificateArn, nodes: {} };
        }
        const certificate = new acm.Certificate(
            `${name}-certificate`,
            transformed<acm.CertificateArgs>({ domainName, validationMethod: "DNS" }, transform?.certificate),
            { parent: this },
        );
        const proof = certificate.domainValidationOptions.apply(([option]) => option);
        const record: route53.RecordArgs = {
            zoneId: this.zoneId,
            name: proof.apply((option) => option?.resourceRecordName ?? ""),
            type: proof.apply((option) => option?.resourceRecordType ?? "CNAME"),
            records: [proof.apply((option) => option?.resourceRecordValue ?? "")],
            ttl: validationTtlSeconds,
            allowOverwrite: true,
        };
        const validationRecord = new route53.Record(
            `${name}-validation`,
            transformed(record, transform?.validationRecord),
            { parent: this },
        );
        const validation: acm.CertificateValidationArgs = {
            certificateArn: certificate.arn,
            validationRecordFqdns: [validationRecord.fqdn],
        };
        const certificateValidation = new acm.CertificateValidation(
            `${name}-validated`,
            transformed(validation, transform?.certificateValidation),
            { parent: this },
        );
        return {
            arn: certificateValidation.certificateArn,
            nodes: { certificate, validationRecord, certificateValidation },
        };
    }

    private createAlias(name: string, { name: host, transform }: EdgeDomainNameArgs): route53.Record {
        const alias: route53.RecordArgs = {
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
        };
        return new route53.Record(`${name}-alias`, transformed(alias, transform?.aliasRecord), {
            parent: this,
        });
    }
}
