import { expect } from "chai";
import { replaced, set } from "../../../tools/mutants/operator";
import { startHandlers } from "../../../tools/mutants/judge";
import { unknownText } from "../../../tools/mutants/recording";
import { shopConfiguration } from "../support/configuration";
import { realShop } from "../support/realShop";
import { containers, document, resource, setTo, type Change } from "./cases/case";

const handlers = startHandlers(shopConfiguration);
const pool = "aws:cognito/userPool:UserPool";
const client = "aws:cognito/userPoolClient:UserPoolClient";
const web = "edge-users-web-client";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const task = "aws:ecs/taskDefinition:TaskDefinition";
const isUnknown = "found a value that is unknown until it is deployed";

/** As the engine says that a value is made from what another resource will have. */
function fromElsewhere(type: string, name: string | undefined, property: string): Change {
    return (program) =>
        replaced(program, resource(program, type, name), ({ props, from }) => {
            set(props, property, unknownText);
            from[property] = [resource(program, "aws:ecs/cluster:Cluster").urn];
        });
}

function responseStatus(status: unknown): Change {
    return document("orders-v1", (each) => {
        const responses = each["x-amazon-apigateway-gateway-responses"] as Record<string, object>;
        responses.THROTTLED = { ...responses.THROTTLED, statusCode: status };
    });
}

type Case = readonly [rule: string, what: string, change: Change, finding: string];

/** Controls that share a rule with others: not there, or not decided yet. */
const refused: readonly Case[] = [
    [
        "gateway-sign-in",
        "who decides on the scopes of a token is unknown",
        fromElsewhere(pool, undefined, "lambdaConfig"),
        `lambdaConfig: ${isUnknown}; required nothing: a trigger could put any scope into a token`,
    ],
    [
        "gateway-sign-in",
        "no second factor is offered",
        setTo(pool, undefined, "mfaConfiguration", undefined),
        'mfaConfiguration: found nothing; required "ON" or "OPTIONAL"',
    ],
    [
        "gateway-sign-in",
        "a second factor is unknown",
        fromElsewhere(pool, undefined, "mfaConfiguration"),
        `mfaConfiguration: ${isUnknown}; required "ON" or "OPTIONAL"`,
    ],
    [
        "gateway-sign-in",
        "a client's flows are unknown",
        fromElsewhere(client, web, "allowedOauthFlows"),
        `allowedOauthFlows: ${isUnknown}; required a list that is known at preview`,
    ],
    [
        "gateway-sign-in",
        "revocation is unknown",
        fromElsewhere(client, web, "enableTokenRevocation"),
        `enableTokenRevocation: ${isUnknown}; required true: who signs out has no tokens left`,
    ],
    [
        "gateway-sign-in",
        "a client without a validity has tokens of an hour",
        setTo(client, web, "accessTokenValidity", undefined),
        "accessTokenValidity: found nothing; required at most 60 minutes",
    ],
    [
        "base-encryption",
        "a log group's class is unknown",
        fromElsewhere(logGroup, "order-service-logs", "logGroupClass"),
        `logGroupClass: ${isUnknown}; required "STANDARD": others know no metric filters, or no retention`,
    ],
    [
        "gateway-observability",
        "a refusal's status is none",
        responseStatus("none"),
        'THROTTLED.statusCode: found "none"; required nothing, or a status of 4xx',
    ],
    [
        "gateway-observability",
        "a refusal's status is unknown",
        responseStatus(unknownText),
        `THROTTLED.statusCode: found "${unknownText}"; required nothing, or a status of 4xx`,
    ],
    [
        "base-encryption",
        "whether a key is enabled is unknown",
        fromElsewhere("aws:kms/key:Key", undefined, "isEnabled"),
        `isEnabled: ${isUnknown}; required true: what it encrypts stays unread`,
    ],
    [
        "mesh-membership",
        "whether security groups hold what comes by PrivateLink is unknown",
        fromElsewhere(
            "aws:lb/loadBalancer:LoadBalancer",
            undefined,
            "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
        ),
        `enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: ${isUnknown}; required "on": what comes by PrivateLink is held too`,
    ],
    [
        "base-containers",
        "faults may be injected by who is unknown",
        fromElsewhere(task, "order-service", "enableFaultInjection"),
        `enableFaultInjection: ${isUnknown}; required false: whoever may reach the task's metadata could break its network`,
    ],
    [
        "base-containers",
        "a field of a container is unknown to the pack",
        containers("order-service", ([first]) => {
            first!.hostAccess = { mode: "all" };
        }),
        'hostAccess: found {"mode":"all"}; required fields whose effect this pack knows',
    ],
];

describe("Controls that share their rule with others, on the dev stack", () => {
    for (const [rule, what, change, finding] of refused) {
        it(`are refused: ${what} (${rule})`, async () => {
            const found = await handlers(rule, change(await realShop("preview")));
            expect(found.every(({ isMandatory }) => isMandatory)).to.equal(true);
            expect(found.map(({ message }) => message).join("\n")).to.contain(finding);
        });
    }
});
