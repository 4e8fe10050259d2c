import { added, replaced, set, without, type Props } from "../../../../tools/mutants/operator";
import { unknownText, type Recorded } from "../../../../tools/mutants/recording";
import { inBootstrap, inContainers, type Bootstrap } from "../../../../tools/mutants/operators/bootstraps";
import { inDocument, type Json } from "../../../../tools/mutants/operators/documents";

export type Program = readonly Recorded[];
export type Change = (program: Program) => Program;

/** What is done to the shop, and every finding of the rule that must come of it. */
export type Case = readonly [change: Change, ...findings: readonly string[]];

/** What each rule must refuse: a control that is loose, one that is not there, and one that is unknown. */
export interface RuleCases {
    readonly violating: Case;
    readonly missing: Case;
    readonly unknown: Case;
}

/** The resource of a type, and of a name where there are several. */
export function resource(program: Program, type: string, name?: string): Recorded {
    const found = program.filter((each) => each.type === type && (name === undefined || each.name === name));
    const [first] = found;
    if (first === undefined || (name !== undefined && found.length > 1)) {
        throw new Error(`${found.length} resources are ${type} "${name ?? ""}"`);
    }
    return first;
}

export function setTo(type: string, name: string | undefined, path: string, value: unknown): Change {
    return (program) =>
        replaced(program, resource(program, type, name), ({ props }) => {
            set(props, path, value);
        });
}

/** As the engine says that a value is not known, and made from nothing that would tell. */
export function unknownAt(type: string, name: string | undefined, path: string): Change {
    return (program) =>
        replaced(program, resource(program, type, name), ({ props, from }) => {
            set(props, path, unknownText);
            from[path.split(".")[0] ?? ""] = [];
        });
}

export function removed(type: string, name?: string): Change {
    return (program) => without(program, resource(program, type, name));
}

export function withResource(type: string, name: string): Change {
    return (program) => added(program, type, name, {});
}

export function document(name: string, change: (document: Json) => void): Change {
    const operator = inDocument("", "flip", "", change);
    return (program) => operator.apply(resource(program, "aws:apigateway/restApi:RestApi", name), program);
}

export function containers(name: string, change: (containers: Props[]) => void): Change {
    const operator = inContainers("", "flip", "", change);
    return (program) => operator.apply(taskOf(program, name), program);
}

export function bootstrap(name: string, change: (bootstrap: Bootstrap) => void): Change {
    const operator = inBootstrap("", "flip", "", change);
    return (program) => operator.apply(taskOf(program, name), program);
}

/** Nothing of the task is known until it is deployed. */
export function unknownContainers(name: string): Change {
    return unknownAt(taskType, name, "containerDefinitions");
}

const taskType = "aws:ecs/taskDefinition:TaskDefinition";

function taskOf(program: Program, name: string): Recorded {
    return resource(program, taskType, name);
}
