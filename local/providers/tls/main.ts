import { run } from "../rpc/serve";
import { cacheFolder, emulatedFolder } from "../schema/folders";
import { TlsProvider } from "./provider";
import { clockOf } from "./validity";

void TlsProvider.load(cacheFolder(), emulatedFolder(), clockOf(process.env)).then(run);
