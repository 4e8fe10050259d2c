import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";

const count = new pulumi.Config("bench").requireNumber("resources");

for (let index = 0; index < count; index += 1) {
    new ssm.Parameter(`parameter-${index}`, {
        name: `/bench/${index}`,
        type: "String",
        value: String(index),
    });
}
