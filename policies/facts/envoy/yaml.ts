import { defineScalarTag, FAILSAFE_SCHEMA, NOT_RESOLVED } from "js-yaml";
import type { Plain } from "../plain";
import { strictYaml } from "../strictYaml";

const nothing = /^(~|null|Null|NULL)?$/;
const yes = /^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const no = /^(n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const decimal = /^[-+]?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

/** What is no null, boolean or number is a text; quoted scalars are texts always. */
const schema = FAILSAFE_SCHEMA.withTags(
    implicit("null", (text) => (nothing.test(text) ? null : NOT_RESOLVED)),
    implicit("bool", (text) => (yes.test(text) ? true : no.test(text) ? false : NOT_RESOLVED)),
    implicit("float", (text) => (decimal.test(text) ? Number(text) : NOT_RESOLVED)),
);

function implicit<T>(
    name: string,
    resolve: (text: string) => T | typeof NOT_RESOLVED,
): ReturnType<typeof defineScalarTag<T>> {
    return defineScalarTag(`tag:yaml.org,2002:${name}`, { implicit: true, resolve, identify: () => false });
}

/**
 * Reads YAML as Envoy does. Tags, which are refused, would say another thing to it than to others: it leaves out a field whose key is
 * tagged `!ignore`, and takes a tagged text for what it looks like.
 * Source: envoyproxy/envoy, source/common/protobuf/yaml_utility.cc, `parseYamlNode`.
 *
 * @throws what the text breaks
 */
export function yamlOfEnvoy(text: string): Plain {
    return strictYaml(text, schema);
}
