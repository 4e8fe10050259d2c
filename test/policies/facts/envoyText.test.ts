import { expect } from "chai";
import { stringify } from "yaml";
import { bootstrapText } from "../../../components/mesh/envoy/text";
import { meshMtls } from "../../../policies/rules/meshMtls";
import { edited } from "../support/edit";
import { bootstraps, ecsService, sidecar } from "../support/shop";
import { findings } from "../support/table";

const json = JSON.stringify(bootstraps.order());
const on = '"require_client_certificate":true';
const unreadable =
    'containerDefinitions["envoy"].environment["ENVOY_BOOTSTRAP"].value: found text that is not; required an Envoy bootstrap as JSON or YAML that names each field once, without tags and merge keys';

async function judged(text: string): Promise<readonly string[]> {
    const container = edited(sidecar(bootstraps.order()), ["environment", "ENVOY_BOOTSTRAP", "value"], text);
    return findings(meshMtls(), ecsService("order-service", [container]));
}

describe("The text of a bootstrap", () => {
    it("is read as JSON, indented JSON, YAML, and in protobuf's other spelling", async () => {
        expect(json).to.contain(on);
        const camel = json.replace("require_client_certificate", "requireClientCertificate");
        for (const text of [
            json,
            JSON.stringify(JSON.parse(json), null, 2),
            stringify(JSON.parse(json)),
            camel,
        ]) {
            expect(await judged(text)).to.deep.equal([]);
        }
    });

    it("is read with aliases for what stands twice, as it is deployed", async () => {
        const text = bootstrapText(bootstraps.order());
        expect(text).to.match(/tls_params: \*/);
        expect(await judged(text)).to.deep.equal([]);
        const off = text.replace("require_client_certificate: true", "require_client_certificate: false");
        expect(await judged(off)).to.have.length(1);
    });

    it("is refused when its aliases unfold without end", async () => {
        const levels = Array.from({ length: 12 }, (_, level) => {
            const inner = level === 0 ? "x" : `*l${level - 1}`;
            return `l${level}: &l${level} [${Array(10).fill(inner).join(", ")}]`;
        });
        expect(await judged(levels.join("\n"))).to.deep.equal([unreadable]);
    });

    it("is judged in each of them", async () => {
        const off = json.replace(on, '"require_client_certificate":false');
        const camel = json.replace(on, '"requireClientCertificate":false');
        for (const text of [
            off,
            JSON.stringify(JSON.parse(off), null, 2),
            stringify(JSON.parse(off)),
            camel,
        ]) {
            const found = await judged(text);
            expect(found).to.have.length(1);
            expect(found[0]).to.match(/require_client_certificate: found false; required true$/);
        }
    });

    it("is refused when it is no configuration", async () => {
        for (const text of ["{", "", "[]", "envoy"]) {
            expect(await judged(text)).to.deep.equal([unreadable]);
        }
    });

    it("is refused with words that mean another thing to Envoy than to its readers", async () => {
        const text = bootstrapText(bootstraps.order());
        const field = "require_client_certificate: true";
        expect(text).to.contain(field);
        const others = ["!ignore require_client_certificate: true", "require_client_certificate: !!str true"];
        for (const other of others) {
            expect(await judged(text.replace(field, other))).to.deep.equal([unreadable]);
        }
        expect(await judged(`{}\n---\n${text}`)).to.deep.equal([unreadable]);
        expect(await judged(text.replace("node:", "<<: {}\nnode:"))).to.deep.equal([unreadable]);
    });

    it("is refused when a field is there twice, in one spelling or in both", async () => {
        for (const second of ["require_client_certificate", "requireClientCertificate"]) {
            expect(await judged(json.replace(on, `"${second}":false,${on}`))).to.deep.equal([unreadable]);
        }
    });
});
