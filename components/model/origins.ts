import type { Issues } from "./issues";

export const wantOrigin =
    'an origin: "https://" and a host name, without path or wildcard ("http://localhost:<port>" for development)';

/** Whether a string is one exact origin (RFC 6454) that a browser could send, over TLS unless it is this machine. */
export function isOrigin(text: string): boolean {
    if (!URL.canParse(text) || text.includes("*")) {
        return false;
    }
    const { origin, protocol, hostname } = new URL(text);
    const secure = protocol === "https:" || (protocol === "http:" && hostname === "localhost");
    return secure && origin === text;
}

/** Each an exact origin, and none twice. */
export function checkOrigins(origins: readonly string[], issues: Issues): void {
    origins.forEach((origin, index) => {
        const path = `allowedOrigins[${index}]`;
        issues.require(isOrigin(origin), path, origin, wantOrigin);
        issues.require(origins.indexOf(origin) === index, path, origin, "each origin once");
    });
}
