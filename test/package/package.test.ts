import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { installPackage, lend, programOf } from "./installed.ts";
import { doMainJob, emulatorProgram } from "./main-job.ts";

let installed: Awaited<ReturnType<typeof installPackage>>;
beforeAll(async () => {
  installed = await installPackage();
});

describe("the packed tarball, installed into an empty project, without HOME, git or a registry", () => {
  test("does the main job", () => doMainJob(installed));

  test("says what to do where there is a .git and no git", async () => {
    await installed.agentvane("init");
    mkdirSync(path.join(installed.project, ".git"));
    const { code, err } = await installed.agentvane("apply --local --auto-approve");
    rmSync(path.join(installed.project, ".git"), { recursive: true });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/[Ii]nstall git/) });
  });

  test("starts the emulator in a program, and the command applies to it", async () => {
    installed.write("emulator.mjs", emulatorProgram);
    const { code, out, err } = await installed.node(["emulator.mjs"]);
    expect({ code, out, err }).toEqual({ code: 0, out: "Assistant 1\n", err: "" });
  });

  test("starts it from the documented test of vitest", async () => {
    lend(installed, "vitest");
    installed.write("agents.test.js", documented("agents.test.js"));
    const outcome = await installed.node([
      programOf("vitest/vitest.mjs"),
      "run",
      "--root",
      installed.project,
    ]);
    expect(outcome).toMatchObject({ code: 0, out: expect.stringContaining("2 passed") });
  });

  test("has types that a program can use, and that refuse what is not there", async () => {
    installed.write("typed.ts", typedProgram);
    installed.write("report.ts", documented("report.ts"));
    lend(installed, "@types");
    const outcome = await installed.node([
      programOf("typescript/bin/tsc"),
      "--noEmit",
      "--strict",
      ...["--module", "nodenext", "--target", "es2023", "--lib", "es2023", "--types", "node"],
      "typed.ts",
      "report.ts",
    ]);
    expect(outcome).toMatchObject({ code: 0, out: "" });
  });

  test("are-the-types-wrong and publint find nothing", async () => {
    const types = await installed.node([
      programOf("@arethetypeswrong/cli/dist/index.js"),
      installed.tarball,
      ...["--profile", "esm-only", "--format", "json"],
    ]);
    expect(types.code, types.out).toBe(0);
    const { analysis } = JSON.parse(types.out) as { analysis: { entrypoints: object } };
    expect(Object.keys(analysis.entrypoints)).toEqual(["./emulator", "./documents", "./schemas/*"]);
    const lint = await installed.node([
      programOf("publint/src/cli.js"),
      "run",
      "--strict",
      installed.tarball,
    ]);
    expect(lint).toMatchObject({ code: 0, out: expect.stringContaining("All good") });
  });
});

describe("what can be imported", () => {
  test.each(["agentvane/emulator", "agentvane/documents"])("%s", async (name) => {
    expect(await imported(name)).toMatchObject({ code: 0 });
  });

  test("a schema as documented", async () => {
    installed.write("validate-plan.mjs", documented("validate-plan.mjs"));
    const { out } = await installed.node(["--no-warnings", "validate-plan.mjs"]);
    expect(out).toBe("agentvane plan\n");
  });

  test("each schema, by the name of its file", async () => {
    const program = `
      import { readdirSync } from "node:fs";
      for (const name of readdirSync("node_modules/agentvane/schemas")) {
        const { default: schema } = await import("agentvane/schemas/" + name, { with: { type: "json" } });
        console.log(schema.$schema.includes("json-schema.org"));
      }`;
    const { out } = await installed.node(["--no-warnings", "--input-type=module", "-e", program]);
    expect(out).toMatch(/^(true\n){6,}$/);
  });

  test.each([
    "agentvane",
    "agentvane/package.json",
    "agentvane/dist/agentvane.cjs",
    "agentvane/dist/emulator.js",
    "agentvane/dist/types/cli/start-emulator.js",
    "agentvane/schemas",
    "agentvane/schemas/../package.json",
  ])("not %s", async (name) => {
    const { code, err } = await imported(name);
    expect(code).toBe(1);
    expect(err).toMatch(/ERR_PACKAGE_PATH_NOT_EXPORTED|ERR_INVALID_MODULE_SPECIFIER/);
  });
});

function imported(name: string) {
  return installed.node(["--input-type=module", "-e", `await import(${JSON.stringify(name)})`]);
}

/** A file that docs/library.md writes. */
function documented(name: string): string {
  const page = readFileSync(new URL("../../docs/library.md", import.meta.url), "utf8");
  const [, text] = new RegExp(`^\`\`\`\\w+ ${name}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page) ?? [];
  if (text === undefined) throw new Error(`docs/library.md has no ${name}`);
  return text;
}

const typedProgram = `
import type { OutputDocument, PlanDocument, ReportDocument } from "agentvane/documents";
import { startEmulator, type StartOptions } from "agentvane/emulator";

export function versions(plan: PlanDocument, output: OutputDocument, report: ReportDocument): number {
  const before: unknown = plan.agents[0]?.changes[0]?.before;
  const [operation] = report.operations;
  return plan.summary.versions_to_create + (output.agents.triage?.aliases.prod ?? 0) +
    (operation?.kind === "agent_written" ? operation.version : 0) + (before === null ? 1 : 0);
}
export const options: StartOptions = {
  switches: { patch_base: "newest", requests_per_second: 5 },
  faults: [{ method: "POST", effect: "lose_answer" }],
  conversations: [{ agent: "triage", reply: "Gladly." }],
};
export const url: Promise<string> = startEmulator(options).then((emulator) => emulator.url);
// @ts-expect-error no such switch
startEmulator({ switches: { patch_basis: "newest" } });
// @ts-expect-error no such value
startEmulator({ switches: { patch_base: "oldest" } });
// @ts-expect-error no such effect
startEmulator({ faults: [{ effect: "explode" }] });
// @ts-expect-error no such count
export const count = (plan: PlanDocument) => plan.summary.created;
`;
