/** The pages that are followed word for word; one goes on where the one before it ends. */
export const PAGES = ["getting-started", "adding-a-service", "adding-an-api-version", "disasters"];

/** Something that a page tells its reader to do. */
export interface Block {
    /** Commands for a shell, or a change to apply to the files. */
    readonly kind: "sh" | "diff";
    /** The page says that the commands fail. */
    readonly fails: boolean;
    readonly text: string;
    /** Lines of the `text` block below it, which the commands print. */
    readonly shown: readonly string[];
}

/** What a page of the manual tells its reader to do, in order: its blocks of `sh` and `diff`. */
export function readBlocks(page: string): readonly Block[] {
    const fenced = [...page.matchAll(/^```(\w+)( fails)?\n(.*?)^```$/gms)].map(
        ([, language = "", fails, text = ""]) => ({ language, fails: fails !== undefined, text }),
    );
    return fenced.flatMap(({ language, fails, text }, index) => {
        if (language !== "sh" && language !== "diff") {
            return [];
        }
        const next = fenced[index + 1];
        const shown = next?.language === "text" ? next.text.split("\n") : [];
        return [{ kind: language, fails, text, shown }];
    });
}
