import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Provider } from "../../../../local/providers/rpc/provider";
import { Account } from "../../../../local/providers/table/account";
import { remembered } from "../../../../local/providers/table/remembered";

const TASK = { urn: "urn:task", type: "aws:ecs/taskDefinition:TaskDefinition", name: "task" };

describe("The account of the emulated AWS", () => {
    let folder: string;
    let account: Account;
    let provider: Provider;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "account-"));
        account = new Account(folder);
        let revision = 0;
        const maker = {
            create: () => {
                revision += 1;
                return Promise.resolve({ id: "cart", outputs: { arn: `arn:cart:${revision}`, revision } });
            },
            delete: () => Promise.resolve(),
        };
        provider = remembered(maker as unknown as Provider, account);
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    const revisions = (): readonly unknown[] => account.all().map(({ outputs }) => outputs.revision);

    it("keeps a successor when its predecessor is deleted, which has the same id", async () => {
        const first = await provider.create(TASK, {}, false);
        await provider.create(TASK, {}, false);
        expect(revisions()).to.have.members([1, 2]);
        await provider.delete(TASK, first.id, first.outputs);
        expect(revisions()).to.deep.equal([2]);
    });

    it("finds a thing by its id or its ARN, of its own type only", async () => {
        await provider.create(TASK, {}, false);
        expect(account.find(TASK.type, "cart")?.outputs.revision).to.equal(1);
        expect(account.find(TASK.type, "arn:cart:1")?.outputs.revision).to.equal(1);
        expect(account.find("aws:ecs/service:Service", "cart")).to.equal(undefined);
    });

    it("keeps nothing of a preview", async () => {
        await provider.create(TASK, {}, true);
        expect(account.all()).to.deep.equal([]);
    });
});
