import type { Issues } from "../../model/issues";

/** That a version will go, and when. Days are `2027-06-30`, in UTC. */
export interface Deprecation {
    /** From this day on clients should not use it any more. */
    readonly since: string;
    /** On this day it stops answering. */
    readonly sunset: string;
}

/**
 * Headers that tell a client so: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the version to use instead (RFC 5829). Values are
 * API Gateway's static ones, in single quotes.
 */
export function deprecationHeaders(
    deprecation: Deprecation | undefined,
    successor: string | undefined,
): Readonly<Record<string, string>> {
    if (deprecation === undefined) {
        return {};
    }
    const sinceSeconds = Date.parse(deprecation.since) / 1000;
    return {
        Deprecation: `'@${sinceSeconds}'`,
        Sunset: `'${new Date(deprecation.sunset).toUTCString()}'`,
        ...(successor === undefined ? {} : { Link: `'</${successor}>; rel="successor-version"'` }),
    };
}

export function checkDeprecation(deprecation: Deprecation | undefined, path: string, issues: Issues): void {
    if (deprecation === undefined) {
        return;
    }
    const { since, sunset } = deprecation;
    const days = [isDay(since), isDay(sunset)];
    issues.require(days[0] === true, `${path}.since`, since, "a day, such as 2026-12-31");
    issues.require(days[1] === true, `${path}.sunset`, sunset, "a day, such as 2027-12-31");
    if (days.every(Boolean)) {
        issues.require(sunset > since, `${path}.sunset`, sunset, `a day after ${since}`);
    }
}

function isDay(text: string): boolean {
    const day = new Date(text);
    return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
