import { main } from "@pulumi/pulumi/provider";
import { exitWithParent } from "../rpc/serve";
import { cacheFolder } from "../schema/folders";
import { AwsxProvider } from "./provider";

void AwsxProvider.load(cacheFolder()).then(async (provider) => {
    await main(provider, process.argv.slice(2));
    exitWithParent();
});
