import type { Resource, Stack } from "../stack";
import { stageType } from "../stages";
import { restApiOf, restApiType } from "./apis";

const settingsType = "aws:apigateway/methodSettings:MethodSettings";

/** Stages that serve a REST API. */
export function stagesServing(restApi: Resource, stack: Stack): readonly Resource[] {
    return stack.ofType(stageType).filter((stage) => restApiOf(stage).urn === restApi.urn);
}

/** Settings of a stage's methods: those made from the stage, or, once names are known, from its API and called like it. */
export function methodSettingsOf(stage: Resource, stack: Stack): readonly Resource[] {
    return stack.ofType(settingsType).filter((settings) => {
        const isMadeFrom = settings.sources("stageName", stageType).some(({ urn }) => urn === stage.urn);
        const [api] = settings.sources("restApi", restApiType);
        const [own] = stage.sources("restApi", restApiType);
        const [name, ownName] = [settings.props.get("stageName"), stage.props.get("stageName")];
        return isMadeFrom || (api !== undefined && api.urn === own?.urn && name.text === ownName.text);
    });
}
