import { setTimeout as sleep } from "node:timers/promises";

/** How far a busy machine may fall behind and still catch up, in milliseconds: after a longer pause the rest is sent that much later. */
const CAUGHT_UP = 3000;

/** Sends evenly, each request at its own moment, whatever became of the one before. */
export async function paced<Answer>(
    perSecond: number,
    count: number,
    send: (index: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
    let begun = Date.now();
    const answers: Promise<Answer>[] = [];
    for (let index = 0; index < count; index += 1) {
        const late = Date.now() - begun - (index * 1000) / perSecond;
        if (late < 0) {
            await sleep(-late);
        }
        begun += Math.max(0, late - CAUGHT_UP);
        answers.push(send(index));
    }
    return Promise.all(answers);
}

const MINUTE = 60_000;

/** How often to try again: a machine that is busy throughout fits nothing into a minute. */
const ATTEMPTS = 5;

/** What `attempt` says when begun with at least `seconds` of the clock's minute left; again in the next one until `holds`. */
export async function withinOneMinute<Result>(
    seconds: number,
    attempt: (number: number) => Promise<Result>,
    holds: (result: Result) => boolean,
): Promise<Result> {
    for (let number = 0; number < ATTEMPTS; number += 1) {
        const left = MINUTE - (Date.now() % MINUTE);
        if (left < seconds * 1000) {
            await sleep(left + 50);
        }
        const minute = Math.floor(Date.now() / MINUTE);
        const result = await attempt(number);
        if (Math.floor(Date.now() / MINUTE) === minute && holds(result)) {
            return result;
        }
    }
    throw new Error(`the machine was too busy in each of ${ATTEMPTS} minutes`);
}
