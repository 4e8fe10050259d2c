import { expect } from "chai";
import { deriveSettings } from "../../../local/engine/deriveSettings";

const derive = (source: string): string => deriveSettings(source, "v1:salt", (text) => `sealed(${text})`);

describe("deriveSettings", () => {
    it("keeps configuration, types and comments, and adds the local salt", () => {
        const source =
            '# ours\nconfig:\n  aws:region: eu-central-1\n  traffic:days: 30\n  traffic:id: "007"\n';
        expect(derive(source)).to.equal(`${source}encryptionsalt: v1:salt\n`);
    });

    it("replaces a user's own encryption and leaves cloud environments out", () => {
        const source = [
            "secretsprovider: awskms://alias/key",
            "encryptedkey: AQICAH",
            "encryptionsalt: v1:theirs",
            "environment:",
            "  - shop/dev",
            "config:",
            "  a:b: c",
            "",
        ].join("\n");
        expect(derive(source)).to.equal("config:\n  a:b: c\nencryptionsalt: v1:salt\n");
    });

    it("replaces secure values at any depth by sealed placeholders", () => {
        const source =
            "config:\n  a:b:\n    secure: v1:x:y\n  a:c:\n    list:\n      - secure: v1:x:z\n        name: q\n      - secure: v1:x:w\n";
        expect(derive(source)).to.equal(
            "config:\n  a:b:\n    secure: sealed(local-mode-placeholder)\n  a:c:\n    list:\n" +
                "      - secure: v1:x:z\n        name: q\n      - secure: sealed(local-mode-placeholder)\n" +
                "encryptionsalt: v1:salt\n",
        );
    });

    it("gives an empty file the salt", () => {
        expect(derive("")).to.equal("encryptionsalt: v1:salt\n");
    });
});
