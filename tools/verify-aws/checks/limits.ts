import { awsQuotas } from "../../../components/model/quotas";
import { holds, type Check, type Finding, type Probe } from "../check";

export const limits: readonly Check[] = [
    {
        entry: 48,
        title: "An account has at least the roles, and a role the policies, that docs/limits.md reckons with",
        run: async ({ aws }: Probe): Promise<Finding> => {
            const { RolesQuota: roles = 0, RolePolicySizeQuota: characters = 0 } =
                await aws.identitySummary();
            return holds(
                roles >= awsQuotas.roles.value && characters >= awsQuotas.policyCharacters.value,
                `${roles} roles, ${characters} characters of policies a role`,
            );
        },
    },
];
