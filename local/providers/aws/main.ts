import { join } from "node:path";
import { faultsOf, withFaults } from "../rpc/faults";
import { run } from "../rpc/serve";
import { cacheFolder, emulatedFolder } from "../schema/folders";
import { Account } from "../table/account";
import { remembered } from "../table/remembered";
import { AwsProvider } from "./provider";

void AwsProvider.load(cacheFolder(), emulatedFolder()).then((provider) => {
    const account = new Account(join(emulatedFolder(), "account"));
    return run(withFaults(remembered(provider, account), faultsOf(process.env)));
});
