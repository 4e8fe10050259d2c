const digest = /@sha256:[0-9a-f]{64}$/;
const exactTag = /:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const moving = /:(latest|stable|main|master|edge|nightly|dev|prod|v?\d+|v?\d+\.\d+)$/;

export const wantImage =
    'an image by digest ("…@sha256:<64 hex digits>") or by an exact tag ("…:1.4.2"), not a tag that moves';

/** Whether an image reference names one image and stays with it. */
export function isPinnedImage(image: string): boolean {
    if (/\s/.test(image)) {
        return false;
    }
    return digest.test(image) || (exactTag.test(image) && !moving.test(image));
}

/** A repository of Amazon ECR, as an image reference names it. */
export interface EcrRepository {
    readonly accountId: string;
    readonly region: string;
    readonly name: string;
}

const ecr = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

/** The ECR repositories of the images, each once; images from elsewhere have none. */
export function ecrRepositories(images: readonly string[]): readonly EcrRepository[] {
    const found = new Map<string, EcrRepository>();
    for (const image of images) {
        const [, accountId, region, name] = ecr.exec(image) ?? [];
        if (accountId !== undefined && region !== undefined && name !== undefined) {
            found.set(`${accountId}/${region}/${name}`, { accountId, region, name });
        }
    }
    return [...found.values()];
}
