/* Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/appautoscaling/{target,policy}.go. */
import type { Props } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";

const DIMENSION = ["resourceId", "scalableDimension", "serviceNamespace"];

export const scaling: Table = {
    "aws:appautoscaling/target:Target": {
        id: (r) => r.text("resourceId"),
        outputs: {
            arn: (r) => r.arn("application-autoscaling", `scalable-target/${r.hex(32)}`),
            roleArn: (r) =>
                r.globalArn(
                    "iam",
                    "role/aws-service-role/ecs.application-autoscaling.amazonaws.com/" +
                        "AWSServiceRoleForApplicationAutoScaling_ECSService",
                ),
        },
        replaces: DIMENSION,
        check: capacityProblems,
    },
    "aws:appautoscaling/policy:Policy": {
        id: (r) => r.text("name"),
        outputs: {
            alarmArns: () => [],
            arn: (r) =>
                r.arn(
                    "autoscaling",
                    `scalingPolicy:${r.uuid()}:resource/ecs/${r.text("resourceId")}:policyName/${r.id}`,
                ),
        },
        autoname: { property: "name", maxLength: 255 },
        defaults: { policyType: "StepScaling" },
        replaces: ["name", ...DIMENSION],
    },
};

function capacityProblems({ minCapacity, maxCapacity }: Props): readonly Problem[] {
    return typeof minCapacity === "number" && typeof maxCapacity === "number" && minCapacity > maxCapacity
        ? [
              {
                  property: "minCapacity",
                  reason: `"minCapacity" is ${minCapacity}, above "maxCapacity", ${maxCapacity}`,
              },
          ]
        : [];
}
