import type { Failure } from "../rpc/provider";
import type { Props } from "../rpc/values";
import { describePackage } from "../schema/cache";
import type { Table } from "../table/emulation";
import { Ledger } from "../table/ledger";
import type { Scope } from "../table/reading";
import { TableProvider } from "../table/tableProvider";
import { certRequest } from "./certRequest";
import { locallySignedCert, selfSignedCert } from "./certificate";
import { privateKey } from "./privateKey";

/** The stand-in for the `tls` provider: its keys and certificates are real, and good for real handshakes. */
export class TlsProvider extends TableProvider {
    /** @param cache and @param state folders; see schema/folders.ts. @param clock what time it is. */
    public static async load(cache: string, state: string, clock: () => Date): Promise<TlsProvider> {
        const table: Table = {
            "tls:index/privateKey:PrivateKey": privateKey,
            "tls:index/certRequest:CertRequest": certRequest,
            "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert(clock),
            "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert(clock),
        };
        const description = await describePackage("@pulumi/tls", Object.keys(table), cache);
        return new TlsProvider("tls", description, table, new Ledger(state));
    }

    public checkConfig(): readonly Failure[] {
        return [];
    }

    public configure(): void {
        // A proxy is all that could be set; nothing is fetched here.
    }

    public invoke(token: string): Promise<Props> {
        return Promise.reject(
            new Error(`${token} is no function that the local tls provider knows; it knows none.`),
        );
    }

    protected scope(): Scope {
        return { account: "", region: "", partition: "" };
    }

    protected general(): Props {
        return {};
    }
}
