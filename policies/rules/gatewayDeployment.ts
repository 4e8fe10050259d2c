import { gather, gatherOver, type Finding } from "../finding";
import { restApiOf, restApiType } from "../facts/gateway/apis";
import { methodSettingsOf } from "../facts/gateway/stages";
import type { Resource, Stack } from "../facts/stack";
import { stagesOf } from "../facts/stages";
import { each, type Rule } from "../rule";

const deploymentType = "aws:apigateway/deployment:Deployment";

/** ADR-003: what is served is what was judged. */
export function gatewayDeployment(): Rule {
    return {
        id: "gateway-deployment",
        title: "Stages serve what was judged",
        description:
            "Every stage serves a deployment of its own API that is made again when the document changes, with no canary and no cache beside it.",
        clause: "API versioning and management",
        severity: "high",
        controls: ["Security Hub APIGateway.5"],
        remediation: "leave deployment, canarySettings and caches of the stage as ExternalApi makes them.",
        settings: {},
        checks: (stack) => [
            ...each(stagesOf(stack), (stage) =>
                gather(
                    () => servesOwnDeployment(stage),
                    () => nothingBeside(stage, stack),
                ),
            ),
        ],
    };
}

/** A deployment's id is no property of it, so that here the value cannot be compared on `up`; API Gateway takes one of the same API only. */
function servesOwnDeployment(stage: Resource): readonly Finding[] {
    const sources = stage.sources("deployment", deploymentType);
    const [deployment, ...others] = sources;
    if (deployment === undefined || others.length > 0) {
        const required = `an output of exactly one ${deploymentType} of this program`;
        return [stage.props.get("deployment").finding(required)];
    }
    const [own, served] = [restApiOf(stage), restApiOf(deployment)];
    const triggers = deployment.props.get("triggers");
    const isMadeAgain = deployment.sources("triggers", restApiType).some(({ urn }) => urn === own.urn);
    return [
        ...deployment.props
            .get("restApi")
            .require(own.urn === served.urn, `"${own.name}", the stage's API`, `"${served.name}"`),
        ...triggers.require(
            isMadeAgain && !triggers.isMissing,
            "made from the API's document, so that a change is deployed",
        ),
    ];
}

/** A canary's overrides could send requests through another link; a cache would answer one user with another's response. */
function nothingBeside(stage: Resource, stack: Stack): readonly Finding[] {
    const [canary, cache] = [stage.props.get("canarySettings"), stage.props.get("cacheClusterEnabled")];
    return [
        ...canary.require(canary.isMissing, "nothing: weights are the mesh's"),
        ...cache.require(cache.isOff || stage.isComputed("cacheClusterEnabled"), "false"),
        ...gatherOver(methodSettingsOf(stage, stack), ({ name, props }) => {
            const caching = props.get("settings", "cachingEnabled");
            return caching
                .require(caching.isOff, "false")
                .map((finding) => ({ ...finding, at: `method settings "${name}" ${finding.at}` }));
        }),
    ];
}
