import { isOfJoinedEdge } from "../handOver";
import { joined, joinedUnless } from "../join";
import type { Resource, Stack } from "../stack";
import { stageType } from "../stages";
import { idsOf, restApiType } from "./apis";

const domainType = "aws:apigateway/domainName:DomainName";
const apiMappingType = "aws:apigatewayv2/apiMapping:ApiMapping";
const basePathMappingType = "aws:apigateway/basePathMapping:BasePathMapping";

/** What the two resources call the same things. */
const byMapping = { key: "apiMappingKey", api: "apiId", stage: "stage" };
const byBasePath = { key: "basePath", api: "restApi", stage: "stageName" };

/** A path of a custom domain under which a stage is served, by either resource. */
export interface Mapping {
    readonly subject: Resource;
    readonly key: string | undefined;
    /** Throws where it leads out of the program. */
    readonly stage: () => Resource;
}

export function mappingsOf(stack: Stack): readonly Mapping[] {
    return stack.ofType(apiMappingType, basePathMappingType).map((subject) => {
        const { key, api, stage } = subject.type === apiMappingType ? byMapping : byBasePath;
        return {
            subject,
            key: subject.props.get(key).text,
            stage: () => {
                joinedUnless(
                    (name) => isOfJoinedEdge(name, stack, "domainName"),
                    subject,
                    "domainName",
                    domainType,
                    ({ props }) => [...idsOf({ props } as Resource), props.get("domainName").text],
                );
                const restApi = joined(subject, api, restApiType, idsOf);
                const served = joined(subject, stage, stageType, ({ props }) => [
                    props.get("stageName").text,
                ]);
                const own = joined(served, "restApi", restApiType, idsOf);
                if (own.urn !== restApi.urn) {
                    throw subject.props
                        .get(stage)
                        .unjudgeable(`a stage of "${restApi.name}"`, `one of "${own.name}"`);
                }
                return served;
            },
        };
    });
}
