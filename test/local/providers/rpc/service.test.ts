import { credentials } from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { serve } from "../../../../local/providers/rpc/serve";
import { UNKNOWN, secret } from "../../../../local/providers/rpc/values";
import type { Props } from "../../../../local/providers/rpc/values";
import { installedPackage } from "../../../../local/providers/schema/source";
import { forgetScratch, newAws } from "../support/providers";

const URN = "urn:pulumi:dev::traffic::shop:mesh:ServiceMesh$aws:ecs/cluster:Cluster::mesh";

describe("a provider over RPC, as the engine speaks to it", () => {
    let client: ResourceProviderClient;
    let stop: () => void;
    before(async () => {
        const served = await serve(await newAws());
        stop = served.stop;
        client = new ResourceProviderClient(`127.0.0.1:${served.port}`, credentials.createInsecure());
    });
    after(() => {
        client.close();
        stop();
        forgetScratch();
    });

    it("tells the version of the package that it stands in for", async () => {
        const info = await ask<plugin.PluginInfo>((done) => client.getPluginInfo(new Empty(), done));
        expect(info.getVersion()).to.equal(installedPackage("@pulumi/aws").version);
    });

    it("previews, and asks for no secrets", async () => {
        const request = new proto.ConfigureRequest()
            .setArgs(struct({ region: "eu-west-1" }))
            .setAcceptsecrets(true);
        const response = await ask<proto.ConfigureResponse>((done) => client.configure(request, done));
        expect([response.getSupportspreview(), response.getAcceptsecrets()]).to.deep.equal([true, false]);
    });

    it("names the setting that it does not have in the reason alone, lest the engine prints its value", async () => {
        const request = new proto.CheckRequest()
            .setUrn(URN)
            .setNews(struct({ region: "eu-west-1", colour: "red" }));
        const response = await ask<proto.CheckResponse>((done) => client.checkConfig(request, done));
        const failures = response
            .getFailuresList()
            .map((failure) => [failure.getProperty(), failure.getReason()]);
        expect(failures).to.deep.equal([["", 'the aws provider has no setting "aws:colour"']]);
    });

    it("takes a resource from check to deletion", async () => {
        const check = new proto.CheckRequest().setUrn(URN).setNews(struct({ name: "shop" }));
        const checked = await ask<proto.CheckResponse>((done) => client.check(check, done));
        expect(checked.getInputs()?.toJavaScript()).to.deep.equal({ name: "shop", __defaults: [] });

        const create = new proto.CreateRequest().setUrn(URN).setProperties(checked.getInputs());
        const preview = await ask<proto.CreateResponse>((done) =>
            client.create(create.clone().setPreview(true), done),
        );
        expect(preview.getId()).to.equal("");
        expect(preview.getProperties()?.toJavaScript()).to.deep.include({ name: "shop", arn: UNKNOWN });

        const created = await ask<proto.CreateResponse>((done) => client.create(create, done));
        expect(created.getId()).to.equal("arn:aws:ecs:eu-west-1:123456789012:cluster/shop");

        const diff = new proto.DiffRequest()
            .setUrn(URN)
            .setId(created.getId())
            .setOlds(created.getProperties())
            .setOldInputs(checked.getInputs())
            .setNews(struct({ name: "store" }));
        const difference = await ask<proto.DiffResponse>((done) => client.diff(diff, done));
        expect(difference.getChanges()).to.equal(proto.DiffResponse.DiffChanges.DIFF_SOME);
        expect(difference.getReplacesList()).to.deep.equal(["name"]);

        const update = new proto.UpdateRequest()
            .setUrn(URN)
            .setId(created.getId())
            .setOlds(created.getProperties())
            .setOldInputs(checked.getInputs())
            .setNews(struct({ name: "shop", tags: { team: "platform" } }));
        const updated = await ask<proto.UpdateResponse>((done) => client.update(update, done));
        expect(updated.getProperties()?.toJavaScript()).to.deep.include({ tagsAll: { team: "platform" } });

        const read = new proto.ReadRequest()
            .setUrn(URN)
            .setId(created.getId())
            .setProperties(created.getProperties());
        expect((await ask<proto.ReadResponse>((done) => client.read(read, done))).getId()).to.equal(
            created.getId(),
        );
        await ask<Empty>((done) =>
            client.delete(new proto.DeleteRequest().setUrn(URN).setId(created.getId()), done),
        );
    });

    it("takes secrets for what they hold, should they come", async () => {
        const check = new proto.CheckRequest().setUrn(URN).setNews(struct({ name: secret("shop") }));
        const checked = await ask<proto.CheckResponse>((done) => client.check(check, done));
        expect(checked.getInputs()?.toJavaScript()).to.deep.equal({ name: "shop", __defaults: [] });
    });

    it("answers functions", async () => {
        const request = new proto.InvokeRequest()
            .setTok("aws:index/getPartition:getPartition")
            .setArgs(struct({}));
        const response = await ask<proto.InvokeResponse>((done) => client.invoke(request, done));
        expect(response.getReturn()?.toJavaScript()).to.deep.include({ partition: "aws" });
    });

    it("reports its errors as the message alone", async () => {
        const request = new proto.CheckRequest().setUrn(
            "urn:pulumi:dev::traffic::aws:lambda/function:Function::f",
        );
        const error = await ask<proto.CheckResponse>((done) =>
            client.check(request.setNews(struct({})), done),
        ).catch((reason: unknown) => reason);
        expect((error as ServiceError).details).to.equal(
            "aws:lambda/function:Function is no resource type that the local aws provider knows; add it " +
                "to local/providers/aws.",
        );
    });
});

function ask<T>(send: (done: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
        send((error, response) => {
            if (error === null) {
                resolve(response);
            } else {
                reject(error);
            }
        });
    });
}

function struct(props: Props): Struct {
    return Struct.fromJavaScript(props);
}
