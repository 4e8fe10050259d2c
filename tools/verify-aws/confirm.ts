import { createInterface } from "node:readline/promises";

/** Whether somebody typed "yes". Anything else is no; so are the end of the input and Ctrl-C, after which no answer comes. */
export async function confirmed(
    question: string,
    input: NodeJS.ReadableStream,
    output: NodeJS.WritableStream,
): Promise<boolean> {
    const asking = createInterface({ input, output });
    const said = await new Promise<string>((resolve) => {
        asking.once("close", () => {
            // An answer that the input ended with comes first.
            setImmediate(resolve, "");
        });
        asking.question(question).then(resolve, () => {
            resolve("");
        });
    });
    asking.close();
    return said.trim() === "yes";
}
