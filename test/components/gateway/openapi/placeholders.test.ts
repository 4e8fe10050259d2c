import { expect } from "chai";
import { fillTemplate, placeholder } from "../../../../components/gateway/openapi/placeholders";

describe("fillTemplate", () => {
    it("replaces every occurrence", () => {
        const template = `${placeholder("userPoolArn")} ${placeholder("integrationTarget")} ${placeholder("userPoolArn")}`;
        expect(fillTemplate(template, { integrationTarget: "lb", userPoolArn: "pool" })).to.equal(
            "pool lb pool",
        );
    });

    it("keeps the text JSON whatever a value holds", () => {
        const template = JSON.stringify({ target: placeholder("integrationTarget") });
        const filled = fillTemplate(template, { integrationTarget: 'a"b\\c$&', userPoolArn: "" });
        expect(JSON.parse(filled)).to.deep.equal({ target: 'a"b\\c$&' });
    });
});
