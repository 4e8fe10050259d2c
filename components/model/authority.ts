import { Issues, type Issue } from "./issues";

/** Who signs members' certificates: an authority of the stack's own, whose key is in its state, or an AWS Private CA. */
export type Authority =
    | {
          /** 1 for the first, one more after each rotation: another number is another key. */
          readonly generation: number;
      }
    | {
          /** ARN of an AWS Private CA of the stack's region (general purpose): its key never leaves AWS. */
          readonly privateCaArn: string;
          /** How it signs: fixed by its key. @default "SHA256WITHECDSA" */
          readonly signingAlgorithm?: SigningAlgorithm;
      };

/** From one authority to another in three deploys; each must have reached every member before the next. */
export interface AuthorityRotation {
    readonly from: Authority;
    readonly to: Authority;
    /** `prepare`: both are trusted, `from` signs. `switch`: both are trusted, `to` signs. `retire`: `to` alone, as if it stood without rotation. */
    readonly stage: RotationStage;
}

export type AuthorityArgs = Authority | AuthorityRotation;

export const rotationStages = ["prepare", "switch", "retire"] as const;
export type RotationStage = (typeof rotationStages)[number];

export const signingAlgorithms = [
    "SHA256WITHECDSA",
    "SHA384WITHECDSA",
    "SHA512WITHECDSA",
    "SHA256WITHRSA",
    "SHA384WITHRSA",
    "SHA512WITHRSA",
] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** Which authorities a deploy has: the first signs, all are trusted. */
export interface ResolvedAuthorities {
    readonly signer: Authority;
    readonly trusted: readonly Authority[];
}

export function resolveAuthorities(args: AuthorityArgs = { generation: 1 }): ResolvedAuthorities {
    if (!("stage" in args)) {
        return { signer: args, trusted: [args] };
    }
    const { from, to, stage } = args;
    switch (stage) {
        case "prepare":
            return { signer: from, trusted: [from, to] };
        case "switch":
            return { signer: to, trusted: [to, from] };
        case "retire":
            return { signer: to, trusted: [to] };
    }
}

/** A name that stays with the authority: `own-1`, or the Private CA's ARN. */
export function authorityId(authority: Authority): string {
    return "generation" in authority ? `own-${authority.generation}` : authority.privateCaArn;
}

const privateCaArn = /^arn:aws[\w-]*:acm-pca:[a-z0-9-]+:\d{12}:certificate-authority\/[0-9a-f-]{36}$/;

export function checkAuthorities(args: AuthorityArgs, region: string): readonly Issue[] {
    const issues = new Issues();
    if (!("stage" in args)) {
        issues.addAll(checkAuthority(args, region));
        return issues.all;
    }
    issues.addAll(checkAuthority(args.from, region), "from");
    issues.addAll(checkAuthority(args.to, region), "to");
    issues.require(
        rotationStages.includes(args.stage),
        "stage",
        args.stage,
        `one of ${rotationStages.join(", ")}`,
    );
    issues.require(
        authorityId(args.from) !== authorityId(args.to),
        "to",
        authorityId(args.to),
        "another authority than from",
    );
    return issues.all;
}

function checkAuthority(authority: Authority, region: string): readonly Issue[] {
    const issues = new Issues();
    if ("generation" in authority) {
        const { generation } = authority;
        const counted = Number.isInteger(generation) && generation >= 1;
        issues.require(counted, "generation", generation, "a whole number from 1");
        return issues.all;
    }
    const { privateCaArn: arn, signingAlgorithm = "SHA256WITHECDSA" } = authority;
    const local = privateCaArn.test(arn) && arn.split(":")[3] === region;
    issues.require(
        local,
        "privateCaArn",
        arn,
        `an ARN such as "arn:aws:acm-pca:${region}:…:certificate-authority/…", of the stack's region`,
    );
    issues.require(
        signingAlgorithms.includes(signingAlgorithm),
        "signingAlgorithm",
        signingAlgorithm,
        `one of ${signingAlgorithms.join(", ")}`,
    );
    return issues.all;
}
