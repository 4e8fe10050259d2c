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
