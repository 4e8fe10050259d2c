import { expect } from "chai";
import { ecrRepositories, isPinnedImage } from "../../../components/model/images";

describe("isPinnedImage", () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const pinned = [
        `shop/cart@${digest}`,
        `shop/cart:1.4.2@${digest}`,
        "shop/cart:1.4.2",
        "shop/cart:v1.4.2-rc.1",
        "shop/cart:3f2c1ab",
    ];
    for (const image of pinned) {
        it(`accepts ${image}`, () => {
            expect(isPinnedImage(image)).to.equal(true);
        });
    }
    const moving = [
        "shop/cart",
        "shop/cart:latest",
        "shop/cart:1",
        "shop/cart:1.4",
        "shop/cart:main",
        "shop/cart:1.4.2 ",
        "host:5000/cart",
    ];
    for (const image of moving) {
        it(`refuses ${JSON.stringify(image)}`, () => {
            expect(isPinnedImage(image)).to.equal(false);
        });
    }
});

describe("ecrRepositories", () => {
    it("names each ECR repository once, and no others", () => {
        const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
        const images = [
            `${registry}/shop/cart:1.4.2`,
            `${registry}/shop/cart:1.4.3`,
            "docker.example/envoy:1.40.0",
        ];
        expect(ecrRepositories(images)).to.deep.equal([
            { accountId: "123456789012", region: "eu-central-1", name: "shop/cart" },
        ]);
    });
});
