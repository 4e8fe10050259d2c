import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { buildComponents } from "../../tools/package/buildComponents";
import { SHOP } from "../support/engine/LocalEngine";

const npmQuiet = ["--no-audit", "--no-fund", "--loglevel", "error"];
const compiler = createRequire(__filename).resolve("typescript/bin/tsc");
const consumer = join(__dirname, "fixtures", "consumer");
const name = "shop-traffic-components";

interface Manifest {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly exports: Readonly<Record<string, string>>;
}

function manifest(...path: readonly string[]): Manifest {
    return JSON.parse(readFileSync(join(...path, "package.json"), "utf8")) as Manifest;
}

/** The output of a command that must succeed. */
function run(folder: string, ...[program, ...args]: readonly [string, ...string[]]): string {
    return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
}

/** Standard output and the exit code of a command that must fail. */
function failure(folder: string, ...[program, ...args]: readonly [string, ...string[]]): string {
    try {
        run(folder, program, ...args);
    } catch (error) {
        const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
        return stdout + stderr;
    }
    throw new Error(`${program} ${args.join(" ")} succeeded`);
}

/** A project of somebody else's, with nothing but the packed files and what they depend on. */
describe("The components, published", () => {
    let folder: string;
    let installed: string;

    before(() => {
        folder = mkdtempSync(join(tmpdir(), "published-components-"));
        const built = join(folder, "built");
        buildComponents(built);
        const project = join(folder, "project");
        mkdirSync(project);
        cpSync(consumer, project, { recursive: true });
        run(folder, "npm", "pack", built, "--pack-destination", folder, ...npmQuiet);
        const [tarball = ""] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
        run(
            project,
            "npm",
            "install",
            "--prefer-offline",
            "--ignore-scripts",
            ...npmQuiet,
            join(folder, tarball),
        );
        folder = project;
        installed = join(project, "node_modules", name);
    });
    after(() => {
        rmSync(join(folder, ".."), { recursive: true, force: true });
    });

    it("compile in a strict project, and their types refuse what is wrong", () => {
        run(folder, process.execPath, compiler, "--project", ".");
        const wrong = failure(folder, process.execPath, compiler, "--project", "wrong.json");
        expect(wrong).to.contain(
            "wrong.ts(5,46): error TS2322: Type 'string' is not assignable to type 'number'.",
        );
        expect(wrong).to.contain("wrong.ts(1,37): error TS2307: Cannot find module");
    });

    it("run under Pulumi's mocks", () => {
        expect(JSON.parse(run(folder, process.execPath, "out/program.js"))).to.deep.equal({
            services: ["cart", "stock"],
            egress: ["egress-stock"],
            url: "http://127.0.0.1:9002",
        });
    });

    it("have source maps that lead to their TypeScript", () => {
        const args = ["--enable-source-maps", "out/program.js", "refuse"];
        const stack = failure(folder, process.execPath, ...args);
        expect(stack).to.contain(
            'ServiceMesh "mesh": trustDomain is "x"; use a DNS name of at least two labels',
        );
        expect(stack).to.match(/components\/reject\.ts:\d+:\d+/);
    });

    it("hold what they export, with types and maps, and nothing of the shop", () => {
        const files = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((file) =>
            /\.\w+$/.test(file),
        );
        for (const target of Object.values(manifest(installed).exports)) {
            const stem = target.slice(2).replace(/\.js$/, "");
            const wanted = target.endsWith(".js")
                ? [`${stem}.js`, `${stem}.d.ts`, `${stem}.js.map`]
                : [target.slice(2)];
            expect(files).to.include.members(wanted);
        }
        const other = files.filter((file) => !/\.(js|d\.ts|js\.map)$/.test(file));
        expect(other).to.have.members(["package.json", "README.md", "CHANGELOG.md", "REFERENCE.md"]);
        const reference = readFileSync(join(installed, "REFERENCE.md"), "utf8");
        const links = [...reference.matchAll(/\]\(\.\/([^)]+)\)/g)].map(([, file = ""]) => file);
        expect(links).not.to.deep.equal([]);
        expect(files).to.include.members(links);
        expect(reference).not.to.contain("../components");
        expect(files.filter((file) => /stacks|catalogue|test/.test(file))).to.deep.equal([]);
    });
});

describe("The published packages", () => {
    const packages = ["components", "policies"].map((folder) => manifest(SHOP, folder));
    const { dependencies } = manifest(SHOP);

    it("have one semantic version, which the changelog tells of", () => {
        const versions = [...new Set(packages.map(({ version }) => version))];
        expect(versions).to.have.length(1);
        const [version = ""] = versions;
        expect(version).to.match(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/);
        const changelog = readFileSync(join(SHOP, "CHANGELOG.md"), "utf8");
        expect(changelog).to.match(/^## Unreleased$/m);
        expect(changelog).to.contain(`will be ${version}`);
    });

    it("depend on exactly what the project is tested with, and declare all that they import", () => {
        for (const declared of packages) {
            expect(dependencies).to.deep.include(declared.dependencies);
        }
        const sources = readdirSync(join(SHOP, "components"), { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts"))
            .map((file) => readFileSync(join(SHOP, "components", file), "utf8"));
        const imported = new Set(
            sources
                .flatMap((text) => [...text.matchAll(/ from "((?:@[^/"]+\/)?[^./"][^/"]*)/g)])
                .map(([, dependency = ""]) => dependency)
                .filter((dependency) => !dependency.startsWith("node:")),
        );
        expect([...imported].sort()).to.deep.equal(Object.keys(packages[0]!.dependencies).sort());
    });
});
