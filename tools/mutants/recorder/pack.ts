import { writeFileSync } from "node:fs";
import { PolicyPack, type PolicyResource } from "@pulumi/policy";
import { copyPlain, unknown } from "../../../policies/facts/plain";
import { unknownText, type Recorded } from "../recording";

/** Names the file to write. */
const variable = "POLICY_RECORDING";

function recorded(resource: PolicyResource): Recorded {
    const props = JSON.stringify(
        copyPlain(() => resource.props),
        (_, value: unknown) => (value === unknown ? unknownText : value),
    );
    return {
        type: resource.type,
        name: resource.name,
        urn: resource.urn,
        ...(resource.parent === undefined ? {} : { parent: resource.parent.urn }),
        ...(resource.provider === undefined ? {} : { provider: resource.provider.type }),
        props: JSON.parse(props) as Recorded["props"],
        from: Object.fromEntries(
            Object.entries(resource.propertyDependencies).map(([property, sources]) => [
                property,
                sources.map(({ urn }) => urn),
            ]),
        ),
    };
}

new PolicyPack("recorder", {
    enforcementLevel: "advisory",
    policies: [
        {
            name: "record",
            description: "Writes down every resource as policies see it.",
            enforcementLevel: "advisory",
            validateStack: ({ resources }) => {
                const file = process.env[variable];
                if (file === undefined) {
                    throw new Error(`${variable} names no file`);
                }
                writeFileSync(file, JSON.stringify(resources.map(recorded)));
            },
        },
    ],
});
