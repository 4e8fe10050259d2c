import { join } from "node:path";
import type { Props } from "../../../local/providers/rpc/values";
import { Ledger } from "../../../local/providers/table/ledger";
import { accountOf, type Checkpoint } from "./checkpoint";
import type { LocalEngine } from "./LocalEngine";

/**
 * Fills the engine's account as the deploy of a recorded state left it: each of its things is there under its id, and neither an id nor the
 * revision of a task definition is given a second time.
 */
export function fillAccount(engine: Pick<LocalEngine, "stateFolder">, { resources }: Checkpoint): void {
    const account = accountOf(engine);
    const ledger = new Ledger(join(engine.stateFolder, "emulated"));
    for (const { urn, type, id, inputs, outputs } of resources) {
        if (id === "") {
            continue;
        }
        ledger.next("creations", urn);
        if (type.startsWith("aws:")) {
            account.keep({ urn, type, id, inputs: inputs as Props, outputs: outputs as Props });
        }
        for (let count = 0; count < Number(outputs.revision ?? 0); count += 1) {
            ledger.next("revisions", String(outputs.arnWithoutRevision));
        }
    }
}
