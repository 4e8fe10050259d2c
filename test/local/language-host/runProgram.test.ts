import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import {
    programArguments,
    programResult,
    runnerConfig,
    runProgram,
} from "../../../local/language-host/runProgram";

const NEVER = new AbortController().signal;

describe("running a program", () => {
    it("passes the runner what the engine says, leaving empty flags out", () => {
        const request = new proto.RunRequest()
            .setMonitorAddress("127.0.0.1:1")
            .setProject("traffic")
            .setStack("dev")
            .setParallel(8)
            .setDryrun(true)
            .setArgsList(["one", "--two"])
            .setInfo(info("/shop"));
        expect(programArguments(request, "127.0.0.1:2")).to.deep.equal(
            (
                "--monitor 127.0.0.1:1 --engine 127.0.0.1:2 --project traffic --root-directory /shop --stack dev " +
                "--pwd /shop --parallel 8 --dry-run index.ts one --two"
            ).split(" "),
        );
    });

    it("spells configuration keys as the runner reads them", () => {
        const request = new proto.RunRequest();
        request
            .getConfigMap()
            .set("aws:region", "eu-central-1")
            .set("aws:config:profile", "p")
            .set("a:b:c", "d");
        expect(runnerConfig(request)).to.deep.equal({
            "aws:config:region": "eu-central-1",
            "aws:config:profile": "p",
            "a:config:b:c": "d",
        });
    });

    it("says nothing of success, bails out after exit code 32, and names any other", () => {
        expect(programResult(0, "").toObject()).to.deep.equal({ error: "", bail: false });
        expect(programResult(32, "").toObject()).to.deep.equal({ error: "", bail: true });
        expect(programResult(7, "").getError()).to.equal("Program exited with non-zero exit code: 7");
        expect(programResult(134, "Out of memory").getError()).to.equal(
            "Program exited with non-zero exit code: 134. Out of memory",
        );
    });

    it("answers with the user's mistake where the options are wrong or the SDK is not installed", async () => {
        const wrong = info("/").setOptions(Struct.fromJavaScript({ nodeargs: true }));
        const answer = await runProgram(new proto.RunRequest().setInfo(wrong), "", NEVER);
        expect(answer.getError()).to.equal("nodeargs option must be a string");
        const missing = await runProgram(new proto.RunRequest().setInfo(info("/")), "", NEVER);
        expect(missing.getError()).to.equal(
            "It looks like the Pulumi SDK has not been installed. Have you run pulumi install?",
        );
    });
});

function info(folder: string): proto.ProgramInfo {
    return new proto.ProgramInfo()
        .setRootDirectory(folder)
        .setProgramDirectory(folder)
        .setEntryPoint("index.ts");
}
