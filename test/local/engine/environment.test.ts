import { expect } from "chai";
import { LOCAL_PASSPHRASE, localEnvironment } from "../../../local/engine/environment";

const parts = {
    stateFolder: "/state",
    languageHost: "/host",
    pathFirst: ["/providers"],
    settingsFile: undefined,
    stack: undefined,
};

describe("localEnvironment", () => {
    it("removes what belongs to AWS or to another backend", () => {
        const changes = localEnvironment(
            {
                PATH: "/bin",
                AWS_PROFILE: "work",
                AWS_ACCESS_KEY_ID: "AKIA",
                AWSOME: "kept",
                PULUMI_ACCESS_TOKEN: "t",
            },
            parts,
        );
        const removed = Object.keys(changes).filter((name) => changes[name] === undefined);
        expect(removed).to.include.members(["AWS_PROFILE", "AWS_ACCESS_KEY_ID", "PULUMI_ACCESS_TOKEN"]);
        expect(removed).not.to.include("AWSOME");
    });

    it("keeps the engine in the state folder and off the network", () => {
        const changes = localEnvironment({ PATH: "/bin" }, parts);
        const set = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
        expect(set).to.deep.equal({
            LOCAL_LANGUAGE_HOST: "/host",
            LOCAL_STATE_DIR: "/state",
            PATH: "/providers:/bin",
            PULUMI_BACKEND_URL: "file:///state",
            PULUMI_CONFIG_PASSPHRASE: LOCAL_PASSPHRASE,
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
            PULUMI_HOME: "/state/home",
            PULUMI_OPTION_SKIP_PLUGIN_PRE_INSTALL: "true",
            PULUMI_SKIP_CHECKPOINTS: "true",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        });
    });

    it("lets its user have the state written after each resource", () => {
        const changes = localEnvironment({ PATH: "/bin", PULUMI_SKIP_CHECKPOINTS: "false" }, parts);
        expect(changes.PULUMI_SKIP_CHECKPOINTS).to.equal("false");
    });

    it("names settings and stack where there are any", () => {
        const changes = localEnvironment(
            { PATH: "/bin" },
            { ...parts, settingsFile: "/s.yaml", stack: "dev" },
        );
        expect(changes.PULUMI_OPTION_CONFIG_FILE).to.equal("/s.yaml");
        expect(changes.PULUMI_STACK).to.equal("dev");
    });
});
