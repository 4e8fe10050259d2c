import { run } from "../rpc/serve";
import { cacheFolder, emulatedFolder } from "../schema/folders";
import { AwsProvider } from "./provider";

void AwsProvider.load(cacheFolder(), emulatedFolder()).then(run);
