import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policies/rules/all";

/** ADR-003's own words, section by section. */
const lines: Readonly<Record<string, readonly string[]>> = {
    "API Gateway Configuration": [
        "User Management API",
        "Product Catalog API",
        "Order Management API",
        "Payment API",
        "Search API",
        "JWT Authentication",
        "Rate Limiting (1000 requests/minute per user)",
        "Request/Response Transformation",
        "API Versioning (v1, v2)",
        "Monitoring and Analytics",
        "CORS Configuration",
    ],
    "API Gateway Security": [
        "JWT Token Validation",
        "API Key Authentication",
        "Rate Limiting",
        "CORS Configuration",
        "Request Validation",
    ],
    "API Gateway Monitoring": [
        "Request/Response metrics",
        "Error rates and latency",
        "API usage analytics",
        "Rate limiting metrics",
        "Authentication metrics",
    ],
    "Service Mesh Monitoring": [
        "Service-to-service communication metrics",
        "Circuit breaker status",
        "Load balancing metrics",
        "Health check status",
        "Traffic flow metrics",
    ],
    "Unified Monitoring": [
        "CloudWatch dashboards",
        "X-Ray distributed tracing",
        "Custom metrics and alerts",
        "Log aggregation",
    ],
};

const text = readFileSync("docs/adr-trace.md", "utf8");

/** The rows of a section's table, each by its cells. */
function rowsOf(section: string): readonly (readonly string[])[] {
    const table = text.split(`## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
    const rows = table.split("\n").filter((line) => line.startsWith("|"));
    return rows.slice(2).map((row) =>
        row
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
    );
}

/** What a test file calls its suites and tests. */
function titlesOf(source: string): readonly string[] {
    return [...source.matchAll(/\b(?:describe|it)\(\s*(["'`])(.*?)\1,/gs)].map(([, , title = ""]) => title);
}

describe("docs/adr-trace.md", () => {
    for (const [section, wanted] of Object.entries(lines)) {
        it(`has every line of "${section}", once, and no other`, () => {
            expect(rowsOf(section).map(([line]) => line)).to.deep.equal(wanted);
        });

        it(`names tests whose titles name each line of "${section}"`, () => {
            for (const [line = "", , , tests = ""] of rowsOf(section)) {
                for (const [, file = ""] of tests.matchAll(/\]\(([^)]+)\)/g)) {
                    const titles = titlesOf(readFileSync(join("docs", file), "utf8"));
                    expect(
                        titles.some((title) => title.includes(`"${line}`)),
                        `${file}: "${line}"`,
                    ).to.equal(true);
                }
            }
        });

        it(`names a resource, a policy and tests for each line of "${section}"`, () => {
            for (const [line, resource, policy, tests] of rowsOf(section)) {
                expect(resource, line).not.to.equal("");
                const known = ["none", ...rules.map(({ id }) => `\`${id}\``)];
                expect(known, line).to.include(policy);
                const files = [...(tests ?? "").matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file ?? "");
                expect(files.length, line).to.be.above(0);
                for (const file of files) {
                    expect(existsSync(join("docs", file)), file).to.equal(true);
                }
            }
        });
    }
});
