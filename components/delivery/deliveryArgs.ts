import { isDnsName, wantDnsName } from "../model/names";
import { Issues, type Issue } from "../model/issues";
import type { Scope } from "./scope";
import type { StateStore } from "./state";
import type { Repository } from "./trust";

export interface DeliveryRolesArgs {
    /** The stack that the roles deploy. */
    readonly scope: Scope;
    readonly state: StateStore;
    readonly repository: Repository;
    /** GitHub's provider in this account, where another stack has made it already; IAM takes one an account. @default it is made */
    readonly oidcProviderArn?: string;
    /**
     * Lets previews of pull requests from the repository's own branches read this stack's state, secrets included: whoever may push a branch
     * may read them. @default false: main alone
     */
    readonly previewFromPullRequests?: boolean;
}

/** Everything that is wrong with the arguments, before anything is made. */
export function checkDelivery({
    scope,
    state,
    repository,
    oidcProviderArn,
}: DeliveryRolesArgs): readonly Issue[] {
    const issues = new Issues();
    const matches = (path: string, value: string, pattern: RegExp, want: string): void => {
        issues.require(pattern.test(value), path, value, want);
    };
    matches("accountId", scope.accountId, /^\d{12}$/, "the account's 12 digits");
    matches("region", scope.region, /^[a-z]{2}(-[a-z]+)+-\d$/, 'a region, such as "eu-central-1"');
    matches("prefix", scope.prefix, /^[a-z][a-z0-9-]{0,23}$/, "project and stack, at most 24 characters");
    issues.require(isDnsName(scope.domain), "domain", scope.domain, wantDnsName);
    matches("state.bucket", state.bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of an S3 bucket");
    const key = /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
    matches("state.bucketKeyArn", state.bucketKeyArn, key, "the ARN of a KMS key (not of an alias)");
    matches("state.secretsKeyArn", state.secretsKeyArn, key, "the ARN of a KMS key (not of an alias)");
    matches("repository", repository.name, /^[\w-]+\/[\w.-]+$/, 'a repository as "owner/name"');
    matches("repositoryId", repository.id, /^\d+$/, "GitHub's number of the repository");
    const [owner = "", name = ""] = repository.name.split("/").map((part) => part.replace(/\./g, "\\."));
    const subject = new RegExp(`^repo:${owner}(-\\d+)?/${name}(-\\d+)?$`);
    matches(
        "subject",
        repository.subject,
        subject,
        "how GitHub's tokens name this repository, without a pattern",
    );
    if (oidcProviderArn !== undefined) {
        const provider = `arn:aws:iam::${scope.accountId}:oidc-provider/token.actions.githubusercontent.com`;
        issues.require(oidcProviderArn === provider, "oidcProviderArn", oidcProviderArn, `"${provider}"`);
    }
    return issues.all;
}
