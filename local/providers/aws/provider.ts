import type { Failure } from "../rpc/provider";
import { UNKNOWN, isProps } from "../rpc/values";
import type { Props, Value } from "../rpc/values";
import { describePackage } from "../schema/cache";
import type { PackageDescription } from "../schema/cache";
import { Ledger } from "../table/ledger";
import { TableProvider } from "../table/tableProvider";
import type { Scope } from "../table/reading";
import { awsFunctions } from "./functions";
import { invalidSettings, readSettings } from "./settings";
import type { AwsSettings } from "./settings";
import { awsTable } from "./table";

/** The stand-in for the `aws` provider: nothing is created but ids, which look and behave as AWS's. */
export class AwsProvider extends TableProvider {
    private settings: AwsSettings = readSettings({ region: "us-east-1" });

    private constructor(
        description: PackageDescription,
        private readonly state: string,
    ) {
        super("aws", description, awsTable, new Ledger(state));
    }

    /** @param cache and @param state folders; see schema/folders.ts. */
    public static async load(cache: string, state: string): Promise<AwsProvider> {
        const description = await describePackage("@pulumi/aws", Object.keys(awsTable), cache);
        return new AwsProvider(description, state);
    }

    public checkConfig(config: Props): readonly Failure[] {
        return invalidSettings(config, this.description.settings);
    }

    public configure(config: Props): void {
        this.settings = readSettings(config);
    }

    public invoke(token: string, args: Props): Promise<Props> {
        const answer = awsFunctions[token];
        if (answer === undefined) {
            const known = Object.keys(awsFunctions).join(", ");
            return Promise.reject(
                new Error(`${token} is no function that the local aws provider knows; it knows ${known}.`),
            );
        }
        return Promise.resolve(answer(args, { ...this.settings, folder: this.state }));
    }

    protected scope(): Scope {
        return this.settings;
    }

    /** The region and all tags, which the real provider plans too: they are known before anything exists. */
    protected general(declared: readonly string[], inputs: Props): Props {
        const region = declared.includes("region") ? { region: this.settings.region } : {};
        return declared.includes("tagsAll")
            ? { ...region, tagsAll: this.tagsAll(inputs.tags ?? {}) }
            : region;
    }

    private tagsAll(tags: Value): Value {
        return isProps(tags) ? { ...this.settings.defaultTags, ...tags } : UNKNOWN;
    }
}
