import type { StubReply } from "./StubService";

/** Something that a user types while the lab runs. */
export type Command =
    | { readonly name: "reply"; readonly service: string; readonly reply: StubReply; readonly words: string }
    | { readonly name: "call"; readonly caller: string; readonly callee: string; readonly method: string }
    | { readonly name: "rate"; readonly perSecond: number }
    | { readonly name: "quit" }
    | { readonly name: "mistake"; readonly message: string };

export const help =
    "fail SERVICE [STATUS] · slow SERVICE [MS] · hang SERVICE · reset SERVICE · heal SERVICE · " +
    "call CALLER CALLEE [METHOD] · rate PER_SECOND · quit";

const mistake = (message: string): Command => ({ name: "mistake", message });

/** Reads a line; services may be written without `-service`. */
export function parseCommand(line: string, services: readonly string[]): Command {
    const [verb = "", ...words] = line.trim().split(/\s+/);
    const [first = "", second = ""] = words;
    switch (verb) {
        case "fail":
            return reply(first, "fails", { status: number(second, 500) });
        case "slow":
            return reply(first, "is slow", { status: 200, delayMs: number(second, 2000) });
        case "hang":
            return reply(first, "hangs", { status: 200, ending: "hang" });
        case "reset":
            return reply(first, "resets", { status: 200, ending: "reset" });
        case "heal":
            return reply(first, "answers", { status: 200 });
        case "call": {
            const [caller, callee] = [serviceNamed(first), serviceNamed(second)];
            return caller === undefined || callee === undefined
                ? mistake(`call wants two of ${services.join(", ")}`)
                : { name: "call", caller, callee, method: (words[2] ?? "GET").toUpperCase() };
        }
        case "rate": {
            const perSecond = number(first, Number.NaN);
            return perSecond >= 0 && perSecond <= 1000
                ? { name: "rate", perSecond }
                : mistake(`rate wants 0 to 1000 requests a second, not "${first}"`);
        }
        case "quit":
            return { name: "quit" };
        default:
            return mistake(`"${verb}" is not a command; ${help}`);
    }

    function serviceNamed(word: string): string | undefined {
        return services.find((service) => service === word || service === `${word}-service`);
    }

    function reply(word: string, words: string, answer: StubReply): Command {
        const service = serviceNamed(word);
        if (service === undefined) {
            return mistake(`"${word}" is not a service; use one of ${services.join(", ")}`);
        }
        const { status, delayMs } = answer;
        const bad = !(status >= 200 && status <= 599) || (delayMs !== undefined && !(delayMs >= 0));
        return bad
            ? mistake(`"${line.trim()}": want a status from 200 to 599, or milliseconds`)
            : { name: "reply", service, reply: answer, words };
    }
}

function number(word: string, fallback: number): number {
    return word === "" ? fallback : Number(word);
}
