import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Pages that people read. */
const pages = [
    "README.md",
    ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => join("docs", file)),
].filter((file) => file.endsWith(".md"));

/** What GitHub makes of the titles of a page. */
function anchorsOf(page: string): readonly string[] {
    const text = readFileSync(page, "utf8").replaceAll(/^```.*?^```$/gms, "");
    return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
        title
            .toLowerCase()
            .replaceAll(/[^\w\- ]/g, "")
            .replaceAll(" ", "-"),
    );
}

/** Links into this repository, each with the page that has it. */
const links = pages.flatMap((page) =>
    [
        ...readFileSync(page, "utf8")
            .replaceAll(/^```.*?^```$/gms, "")
            .matchAll(/\]\(([^)\s]+)\)/g),
    ]
        .map(([, to = ""]) => ({ page, to }))
        .filter(({ to }) => !/^[a-z]+:/.test(to)),
);

describe("The pages' links", () => {
    it("lead to files and sections that are there", () => {
        expect(links.length).to.be.above(100);
        const broken = links.filter(({ page, to }) => {
            const [file = "", anchor] = to.split("#");
            const target = file === "" ? page : join(dirname(page), file);
            return (
                !existsSync(target) ||
                (anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).includes(anchor))
            );
        });
        expect(broken).to.deep.equal([]);
    });

    it("lead a reader from the README to every page of the manual", () => {
        const reached = new Set(["README.md"]);
        for (let size = 0; size !== reached.size;) {
            size = reached.size;
            for (const { page, to } of links.filter((link) => reached.has(link.page))) {
                reached.add(join(dirname(page), to.split("#")[0] ?? "") || page);
            }
        }
        const manual = pages.filter((page) => !page.startsWith("docs/decisions/"));
        expect(manual.filter((page) => !reached.has(page))).to.deep.equal([]);
    });
});
