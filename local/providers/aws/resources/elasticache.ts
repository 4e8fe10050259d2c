/*
 * Replacements: ForceNew and RequiresReplace in hashicorp/terraform-provider-aws, internal/service/elasticache/{user,user_group,
 * serverless_cache}.go. They agree with AWS's specification for CloudFormation, except that an engine changes in place.
 */
import type { Props, Value } from "../../rpc/values";
import { isList, isProps, UNKNOWN } from "../../rpc/values";
import type { Compute, Problem, Table } from "../../table/emulation";
import type { Reading } from "../../table/reading";
import { all, matches, oneOf } from "../../table/limits";
import { createdAt, LOWER, SUFFIX } from "../forms";

/** ElastiCache user guide, "Choosing regions and availability zones": a serverless cache is in two or three zones. */
const mostSubnets = 3;
const engines = ["valkey", "redis"];
const wantId = "1 to 40 letters, digits and single hyphens, beginning with a letter";
const ofId = /^(?!.*--)[A-Za-z][A-Za-z0-9-]{0,39}(?<!-)$/;

export const elasticache: Table = {
    "aws:elasticache/user:User": {
        id: (r) => r.text("userId"),
        outputs: {
            arn: (r) => r.arn("elasticache", `user:${r.id}`),
            authenticationMode: () => ({ type: "no-password" }),
        },
        defaults: { noPasswordRequired: false },
        replaces: ["userId", "userName"],
        secrets: ["passwords"],
        check: all(oneOf("engine", engines), matches("userId", ofId, wantId), passwordProblems),
    },
    "aws:elasticache/userGroup:UserGroup": {
        id: (r) => r.text("userGroupId"),
        outputs: { arn: (r) => r.arn("elasticache", `usergroup:${r.id}`) },
        replaces: ["userGroupId"],
        check: all(oneOf("engine", engines), matches("userGroupId", ofId, wantId)),
    },
    "aws:elasticache/serverlessCache:ServerlessCache": {
        id: (r) => r.text("name"),
        outputs: {
            arn: (r) => r.arn("elasticache", `serverlesscache:${r.id}`),
            createTime: createdAt("createTime"),
            dailySnapshotTime: () => "03:00",
            description: () => " ",
            endpoints: endpoint(6379),
            fullEngineVersion: (r) => `${r.text("majorEngineVersion", "8")}.0`,
            majorEngineVersion: () => "8",
            networkType: () => "ipv4",
            readerEndpoints: endpoint(6380),
            securityGroupIds: () => ["sg-0123456789abcdef0"],
            snapshotRetentionLimit: () => 0,
            status: () => "available",
            subnetIds: () => [],
        },
        autoname: { property: "name", maxLength: 40 },
        replaces: ["kmsKeyId", "name", "networkType", "snapshotArnsToRestores", "subnetIds"],
        check: all(
            oneOf("engine", ["valkey", "redis", "memcached"]),
            matches("name", ofId, wantId),
            subnetProblems,
        ),
    },
};

/** `shop-limits-abc123.serverless.euc1.cache.amazonaws.com`: the region's short name, as ElastiCache writes it. */
function endpoint(port: number): Compute {
    return (r) => [
        {
            address: `${r.id}-${r.letters(LOWER, 6, "endpoint")}.serverless.${shortName(r)}.cache.${SUFFIX}`,
            port,
        },
    ];
}

function shortName({ region }: Reading): string {
    const [continent = "", ...others] = region.split("-");
    const words = others.map((word) =>
        word.replaceAll(/(north|south|central|east|west)/g, (found) => found.charAt(0)),
    );
    return `${continent}${words.join("")}`;
}

/** A password has 16 to 128 characters, and a user of Valkey must have one or sign in by IAM. */
function passwordProblems({ authenticationMode: mode, engine }: Props): readonly Problem[] {
    const property = "authenticationMode";
    if (!isProps(mode) || mode.type === UNKNOWN) {
        return mode === undefined && engine === "valkey"
            ? [{ property, reason: "a user of valkey needs a password or IAM" }]
            : [];
    }
    const passwords: readonly Value[] = isList(mode.passwords) ? mode.passwords : [];
    const wrong = passwords.some(
        (password) =>
            typeof password === "string" &&
            password !== UNKNOWN &&
            (password.length < 16 || password.length > 128),
    );
    return [
        ...(wrong ? [{ property, reason: "a password has 16 to 128 characters" }] : []),
        ...(engine === "valkey" && mode.type === "no-password-required"
            ? [{ property, reason: "a user of valkey needs a password or IAM" }]
            : []),
    ];
}

function subnetProblems({ subnetIds }: Props): readonly Problem[] {
    return isList(subnetIds) && (subnetIds.length < 2 || subnetIds.length > mostSubnets)
        ? [{ property: "subnetIds", reason: `"subnetIds" has ${subnetIds.length} entries; 2 or 3 are taken` }]
        : [];
}
