import type { Created, Existing, Provider } from "../rpc/provider";
import type { Account } from "./account";

/** The provider, with an account that outlives the engine's memory: what was made is in it until it is deleted. */
export function remembered(provider: Provider, account: Account): Provider {
    return {
        version: provider.version,
        checkConfig: (config) => provider.checkConfig(config),
        configure: (config) => {
            provider.configure(config);
        },
        check: (...args) => provider.check(...args),
        diff: (...args) => provider.diff(...args),
        create: async (subject, inputs, preview): Promise<Created> => {
            const created = await provider.create(subject, inputs, preview);
            if (!preview) {
                const { urn, type } = subject;
                account.keep({ urn, type, id: created.id, inputs, outputs: created.outputs });
            }
            return created;
        },
        update: async (subject, change, preview) => {
            const outputs = await provider.update(subject, change, preview);
            if (!preview) {
                const { urn, type } = subject;
                account.keep({ urn, type, id: change.id, inputs: change.inputs, outputs });
            }
            return outputs;
        },
        delete: async (subject, id, state) => {
            await provider.delete(subject, id, state);
            account.forget({ type: subject.type, id, outputs: state });
        },
        /** Something that the state has only the id of: `pulumi import`, or `pulumi refresh --import-pending-creates`. */
        read: (subject, existing): Existing => {
            const known = Object.keys(existing.state).length > 0;
            const found = known ? undefined : account.find(subject.type, existing.id);
            return found === undefined
                ? provider.read(subject, existing)
                : { id: found.id, state: found.outputs, inputs: found.inputs };
        },
        invoke: (...args) => provider.invoke(...args),
    };
}
