import autocannon from "autocannon";
import * as http from "node:http";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Sends requests and prints each one's milliseconds as JSON: in a process of its own, so that nothing but the load takes its
 * time. Arguments: URL, connections, seconds, requests a second (0: as many as go, with autocannon).
 */
interface Sent {
    readonly milliseconds: readonly number[];
    readonly failed: number;
}

const [url = "", ...numbers] = process.argv.slice(2);
const [connections = 1, seconds = 1, perSecond = 0] = numbers.map(Number);

const warmUpRequests = 10_000;

function asFastAsItGoes(): Promise<Sent> {
    const milliseconds: number[] = [];
    let failed = 0;
    return new Promise((resolve) => {
        const load = autocannon({ url, connections, duration: seconds }, () => {
            resolve({ milliseconds, failed });
        });
        load.on("response", (_client, status, _bytes, time) => {
            if (status === 200) {
                milliseconds.push(time);
            } else {
                failed += 1;
            }
        });
        load.on("reqError", () => {
            failed += 1;
        });
    });
}

/** One request after another at its own moment, over all connections in turn: autocannon sends a second's worth in one burst. */
async function evenly(): Promise<Sent> {
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections, scheduling: "fifo" });
    await warmUp(agent);
    const begun = performance.now();
    const sent: Promise<number | undefined>[] = [];
    for (let index = 0; index < seconds * perSecond; index += 1) {
        const early = begun + (index * 1000) / perSecond - performance.now();
        if (early > 0) {
            await sleep(early);
        }
        sent.push(timed(agent));
    }
    const all = await Promise.all(sent);
    agent.destroy();
    const milliseconds = all.filter((time) => time !== undefined);
    return { milliseconds, failed: all.length - milliseconds.length };
}

/**
 * Opens all connections, and goes on until this process has compiled what it runs: for the first thousands of requests its own
 * compiler and collector take milliseconds that would pass for the proxies'.
 */
async function warmUp(agent: http.Agent): Promise<void> {
    const each = Math.ceil(warmUpRequests / connections);
    const connection = async (): Promise<void> => {
        for (let sent = 0; sent < each; sent += 1) {
            await timed(agent);
        }
    };
    await Promise.all(Array.from({ length: connections }, connection));
}

/**
 * Milliseconds from the moment at which a connection was free to the answer's end: waiting for one is the load's, not the
 * proxies'. Undefined where it was not a 200. */
function timed(agent: http.Agent): Promise<number | undefined> {
    return new Promise((resolve) => {
        let begun = 0;
        const request = http.get(url, { agent }, (response) => {
            response.resume();
            response.on("end", () => {
                resolve(response.statusCode === 200 ? performance.now() - begun : undefined);
            });
        });
        request.on("socket", () => {
            begun = performance.now();
        });
        request.on("error", () => {
            resolve(undefined);
        });
    });
}

void (perSecond > 0 ? evenly() : asFastAsItGoes()).then((sent) => {
    process.stdout.write(JSON.stringify(sent));
});
