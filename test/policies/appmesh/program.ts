import { noteInForce } from "../../../policies/exceptions";
import { createShop } from "../../../stacks/shop";
import type { Recorded } from "../../../tools/mutants/recording";
import { resolveSettings } from "../../../stacks/resolveSettings";
import { onAppMesh } from "../../stacks/appMeshShop";
import { stackConfiguration } from "../../stacks/stackConfiguration";
import { shopConfiguration } from "../support/configuration";
import { emulated, type Moment } from "../support/emulatedProgram";

const made = new Map<Moment, Promise<readonly Recorded[]>>();

/** The dev stack on App Mesh as policies see it, made once for all tests of a process. */
export function appMeshShop(moment: Moment): Promise<readonly Recorded[]> {
    const program = made.get(moment) ?? emulated(dev, moment);
    made.set(moment, program);
    return program;
}

function dev(): void {
    const { region, traffic } = stackConfiguration("dev");
    const { settings, issues } = resolveSettings({
        project: "traffic",
        stack: "dev",
        region,
        traffic: onAppMesh(traffic),
    });
    if (settings === undefined) {
        throw new Error(JSON.stringify(issues));
    }
    createShop(settings);
}

/** Rules of which App Mesh holds only a part, and the rule that refuses it. */
export const lackingRules = [
    "no-app-mesh",
    "mesh-mtls",
    "mesh-circuit-breaker",
    "mesh-authorization",
    "mesh-traffic",
    "mesh-observability",
    "rate-limit",
];

const exception = {
    resource: "mesh-appmesh",
    reason: "An old mesh is read",
    owner: "platform team",
    reviewBy: "2099-12-31",
};

/** The shop's configuration of the pack, with an exception for the mesh in each of these rules. */
export function excepting(rules: readonly string[] = lackingRules): Readonly<Record<string, unknown>> {
    const excepted = rules.map((rule) => {
        const configured = shopConfiguration[rule];
        const settings = typeof configured === "object" ? configured : { enforcementLevel: "mandatory" };
        return [rule, { ...settings, exceptions: [exception] }] as const;
    });
    return { ...shopConfiguration, ...Object.fromEntries(excepted) };
}

/** The pack remembers what its rules let pass when they last ran, for the whole process. */
export function forgetExceptions(): void {
    for (const rule of lackingRules) {
        noteInForce(rule, []);
    }
}
