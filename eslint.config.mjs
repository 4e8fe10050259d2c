import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/** Imports point one way: model <- generators <- components <- stacks <- index.ts (docs/architecture.md). */
const boundary = (files, patterns) => ({
    files,
    rules: { "no-restricted-imports": ["error", { patterns }] },
});
const pulumi = { group: ["@pulumi/*"], message: "The model and the generators are pure: no Pulumi here." };
const shop = { group: ["**/stacks/**", "**/stacks"], message: "The library does not know the shop." };
const tooling = {
    group: ["**/local/**", "**/test/**", "**/tools/**", "**/policies/**"],
    message: "What is deployed does not depend on local mode, tools, tests or the policy pack.",
};
const outside = {
    regex: "^(\\.\\./)+(components|stacks|local|tools|test)/",
    message: "The policy pack is published alone: nothing from outside policies/.",
};
const components = {
    group: ["**/gateway/**", "**/mesh/**", "**/network/**", "**/observability/**"],
    message: "The model is the bottom layer.",
};

export default tseslint.config(
    { ignores: ["node_modules/", ".local/", "test/engine/fixtures/consumer/"] },
    js.configs.recommended,
    {
        files: ["**/*.ts"],
        extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/consistent-type-imports": "error",
            "@typescript-eslint/explicit-module-boundary-types": "error",
            "@typescript-eslint/switch-exhaustiveness-check": "error",
            "@typescript-eslint/no-import-type-side-effects": "error",
            "no-console": "error",
        },
    },
    {
        files: ["**/*.js", "**/*.mjs"],
        languageOptions: {
            globals: { require: "readonly", module: "writable", process: "readonly", console: "readonly" },
        },
    },
    { files: ["tools/**", "local/**"], rules: { "no-console": "off" } },
    {
        files: ["test/**/*.ts"],
        rules: {
            "@typescript-eslint/no-unused-expressions": "off",
            "@typescript-eslint/no-non-null-assertion": "off",
        },
    },
    boundary(["components/**/*.ts"], [shop, tooling]),
    boundary(["components/model/**/*.ts"], [pulumi, shop, tooling, components]),
    boundary(
        [
            "components/mesh/{json,proxyScripts,timing}.ts",
            "components/mesh/envoy/**/*.ts",
            "components/mesh/appmesh/spec/**/*.ts",
            "components/gateway/openapi/**/*.ts",
            "components/observability/{alarms,dashboards,metrics,queries}/**/*.ts",
        ],
        [pulumi, shop, tooling],
    ),
    boundary(["stacks/**/*.ts", "index.ts"], [tooling]),
    boundary(["examples/**/*.ts"], [shop, tooling]),
    boundary(["policies/**/*.ts"], [outside]),
    prettier,
);
