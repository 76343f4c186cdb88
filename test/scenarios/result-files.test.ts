import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Outcome, type Stage, setStage, startCommand, untilEnd } from "./stage.ts";

const config = `version: 1
project: acme
include: [more/*.yaml]
defaults: { model: m }
agents:
  triage: { instructions: { file: p.md }, aliases: [prod] }
`;
let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.write(config, { "p.md": "Be kind.", "more/more.yaml": "agents: { billing: {} }\n" });
});
afterEach(() => stage.close());

const makePipe = (file: string) => execFileSync("sh", ["-c", 'mkfifo "$0"', file]);
const at = (name: string) => path.join(stage.folder, name);
const built = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");
/** Leaves a socket behind on which nobody listens: closing it would remove it. */
const leaveSocket =
  "require('net').createServer().listen(process.argv[1], () => process.reallyExit(0))";
const isRoot = process.getuid?.() === 0;

/** Each way to name a file for a result, as the command that does so. */
const ways = [
  ["plan --out", (file: string) => `plan --out ${file}`],
  ["apply --report", (file: string) => `apply --auto-approve --report ${file}`],
  ["output --out", (file: string) => `output --format json --out ${file}`],
] as const;

/** What a result looks like, whichever of them it is. */
function expectResult(content: string): void {
  expect(JSON.parse(content)).toMatchObject({ format_version: "1.0" });
}

describe.each(ways)("%s", (_name, command) => {
  const run = (file: string) => stage.run(command(file));

  test("replaces a regular file, with its permissions, and leaves nothing beside it", async () => {
    writeFileSync(at("out.json"), "old", { mode: 0o640 });
    const before = readdirSync(stage.folder).sort();
    const { code, err } = await run("out.json");
    expect(code, err).toBe(0);
    expectResult(readFileSync(at("out.json"), "utf8"));
    expect(statSync(at("out.json")).mode & 0o777).toBe(0o640);
    expect(readdirSync(stage.folder).sort()).toEqual(before);
  });

  test("follows links to a file, and to one that is not there yet", async () => {
    mkdirSync(at("real"));
    writeFileSync(at("real/old.json"), "old");
    symlinkSync("real/old.json", at("a.json"));
    symlinkSync("real/new.json", at("b.json"));
    for (const [link, real] of [
      ["a.json", "real/old.json"],
      ["b.json", "real/new.json"],
    ] as const) {
      const { code, err } = await run(link);
      expect(code, err).toBe(0);
      expect(lstatSync(at(link)).isSymbolicLink()).toBe(true);
      expectResult(readFileSync(at(real), "utf8"));
    }
  });

  test("writes into a file with a second name, which both names show", async () => {
    writeFileSync(at("one.json"), "x".repeat(100_000));
    linkSync(at("one.json"), at("two.json"));
    expect((await run("one.json")).code).toBe(0);
    expectResult(readFileSync(at("two.json"), "utf8"));
  });

  test("writes into a pipe, once somebody reads it", async () => {
    makePipe(at("pipe"));
    const running = run("pipe");
    const reader = spawn("cat", [at("pipe")]);
    expectResult(await text(reader.stdout));
    expect((await running).code).toBe(0);
    expect(statSync(at("pipe")).isFIFO()).toBe(true);
  });

  test("writes into a socket on which somebody listens", async () => {
    const got: string[] = [];
    const server = createServer((socket) => {
      void text(socket).then((all) => got.push(all));
    });
    await new Promise<void>((resolve) => server.listen(at("socket"), resolve));
    expect((await run("socket")).code).toBe(0);
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expectResult(got.join(""));
  });

  test("writes into a device", async () => {
    if (!isRoot) return expect((await run("/dev/null")).code).toBe(0);
    execFileSync("mknod", [at("null"), "c", "1", "3"]);
    symlinkSync("null", at("link-to-null"));
    for (const name of ["null", "link-to-null"]) expect((await run(name)).code).toBe(0);
    expect(statSync(at("null")).isCharacterDevice()).toBe(true);
    expect(lstatSync(at("link-to-null")).isSymbolicLink()).toBe(true);
  });

  test.each(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "./own"])(
    "writes to its own stdout as %s",
    async (name) => {
      symlinkSync("/dev/stdout", at("own"));
      const { code, out } = await stage.run(`${command(name)} -q`);
      expect(code).toBe(0);
      const [document = ""] = /^\{$[\s\S]*?^\}$/m.exec(out) ?? [];
      expectResult(document);
    },
  );

  test.each([
    ["a folder", "folder"],
    ["a link to a folder", "link"],
    ["a name that ends like a folder", "folder/new/"],
    ["a folder that does not exist", "nowhere/x.json"],
    ["a file where a folder should be", "p.md/x.json"],
    ["links in a circle", "circle"],
    ["a socket on which nobody listens", "dead"],
    ["a name that is too long", "x".repeat(300)],
  ])("%s ends it before anything is written: 1", async (_what, name) => {
    mkdirSync(at("folder"));
    symlinkSync("folder", at("link"));
    symlinkSync("circle", at("circle"));
    execFileSync(process.execPath, ["-e", leaveSocket, at("dead")], { stdio: "ignore" });
    const { code, err, out } = await run(name);
    expect(code).toBe(1);
    expect(err).toContain("error[machine_error]");
    expect(err + out).not.toMatch(/ at |bug in agentvane/);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("never a file that it reads, however it is called: 3", async () => {
    symlinkSync("p.md", at("link.md"));
    linkSync(at("more/more.yaml"), at("second-name"));
    for (const name of [
      "agents.yaml",
      "./more/../agents.yaml",
      "p.md",
      "link.md",
      "second-name",
      at("p.md"),
    ]) {
      const before = ["agents.yaml", "p.md", "more/more.yaml"].map((each) =>
        readFileSync(at(each), "utf8"),
      );
      const { code, err } = await run(name);
      expect(code, name).toBe(3);
      expect(err).toContain("error[file_protected]");
      expect(
        ["agents.yaml", "p.md", "more/more.yaml"].map((each) => readFileSync(at(each), "utf8")),
      ).toEqual(before);
    }
    expect(stage.takeWrites()).toEqual([]);
  });

  test("not agents.yaml even when it is broken", async () => {
    stage.write("agents: [broken");
    expect((await run("agents.yaml")).code).toBe(3);
    expect(readFileSync(at("agents.yaml"), "utf8")).toBe("agents: [broken");
  });

  test("not a file that a gate names, nor the data of --local: 3", async () => {
    stage.write(`${config}gates: [{ run: "cat evals/cases.txt" }]\n`, { "evals/cases.txt": "one" });
    await stage.run("apply --local --auto-approve");
    const data = readFileSync(at(".agentvane/local.json"), "utf8");
    for (const broken of ["", "unknown: key\n", "broken: [\n"]) {
      stage.write(`${config}gates: [{ run: "cat evals/cases.txt" }]\n${broken}`);
      const { code, err } = await run(".agentvane/local.json --local");
      expect([code, err], broken).toEqual([3, expect.stringContaining("error[file_protected]")]);
    }
    expect(readFileSync(at(".agentvane/local.json"), "utf8")).toBe(data);
    stage.write(`${config}gates: [{ run: "cat evals/cases.txt" }]\n`);
    const { code, err } = await run("evals/cases.txt");
    expect([code, err]).toEqual([3, expect.stringContaining("error[file_protected]")]);
    expect(readFileSync(at("evals/cases.txt"), "utf8")).toBe("one");
  });

  test("not what may be a file of a project that cannot be read, but an earlier result", async () => {
    writeFileSync(at("old.json"), '{ "format_version": "1.0" }');
    stage.write(`${config}  broken: [\n`);
    for (const name of ["p.md", "more/more.yaml", "old.json", "new.json"]) await run(name);
    expect(readFileSync(at("p.md"), "utf8")).toBe("Be kind.");
    expect(readFileSync(at("more/more.yaml"), "utf8")).toBe("agents: { billing: {} }\n");
  });

  test("waits for the reader of a pipe no longer than the run may take", async () => {
    makePipe(at("pipe"));
    expect((await run("pipe --timeout 300ms")).code).toBe(1);
    expect(stage.takeWrites()).toEqual([]);
  });
});

test("the report of a run whose project cannot be read goes only where nothing is lost", async () => {
  stage.write(`${config}  broken: [\n`);
  const apply = (report: string) => stage.run(`apply --auto-approve --report ${report}`);
  writeFileSync(at("empty.json"), "");
  for (const report of ["new.json", "new.json", "empty.json"]) {
    const { code, err } = await apply(report);
    expect([code, err]).toEqual([3, expect.not.stringContaining("report_unwritten")]);
    expectResult(readFileSync(at(report), "utf8"));
  }
  const { code, err } = await apply("p.md");
  expect([code, err]).toEqual([3, expect.stringContaining("error[yaml_syntax]")]);
  expect(err).toContain(
    "error[report_unwritten]: the report p.md: it may be a file of the project",
  );
});

test("agents.yaml is not written over where it is not read, either: 3", async () => {
  expect(
    (await stage.run("rollback prod --project acme --auto-approve --report agents.yaml")).code,
  ).toBe(3);
  expect(readFileSync(at("agents.yaml"), "utf8")).toBe(config);
});

describe("a disk that is full", () => {
  test("plan --out: 1", async () => {
    const { code, err } = await stage.run("plan --out /dev/full");
    expect(code).toBe(1);
    expect(err).toContain("the disk is full");
    const asked = await stage.run("plan --out /dev/full --detailed-exitcode");
    expect(asked.code).toBe(1);
  });

  test("apply --report: told, and the exit code is that of the run", async () => {
    const { code, err } = await stage.run("apply --auto-approve --report /dev/full");
    expect(code).toBe(0);
    expect(err).toContain("error[report_unwritten]");
    expect(stage.takeWrites()).not.toEqual([]);
    const json = await stage.run("apply --auto-approve --format json --report /dev/full");
    expect(json.code).toBe(0);
    expect(json.err).toContain("report_unwritten");
    expect(JSON.parse(json.out).errored).toBe(false);
    const failed = await stage.run("destroy --report /dev/full");
    expect(failed.code).toBe(64);
  });

  test("a file that outgrows its limit stays as it was", async () => {
    writeFileSync(at("out.json"), "old");
    const command = `ulimit -f 1; exec ${process.execPath} ${built} plan --out out.json`;
    const env = {
      PATH: process.env.PATH,
      MISTRAL_API_KEY: "key-of-the-test",
      AGENTVANE_SERVER_URL: stage.url,
    };
    const { code, err } = await untilEnd(spawn("sh", ["-c", command], { cwd: stage.folder, env }));
    expect(code, err).toBe(1);
    expect(readFileSync(at("out.json"), "utf8")).toBe("old");
    expect(readdirSync(stage.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("somebody who is not root", () => {
  const asNobody = (args: string): Promise<Outcome> => {
    const env = { AGENTVANE_SERVER_URL: stage.url };
    return untilEnd(startCommand(stage.folder, args, env, isRoot ? { uid: 65_534 } : {}));
  };

  test("does not write over a read-only file, but into a file whose folder is read-only", async () => {
    writeFileSync(at("kept.json"), "old", { mode: 0o444 });
    writeFileSync(at("open.json"), "old");
    chmodSync(at("open.json"), 0o666);
    chmodSync(stage.folder, 0o777);
    expect((await asNobody("plan --out kept.json")).code).toBe(1);
    chmodSync(stage.folder, 0o555);
    const written = await asNobody("plan --out open.json");
    expect(written.code, written.err).toBe(0);
    expectResult(readFileSync(at("open.json"), "utf8"));
    const unwritten = await asNobody("apply --auto-approve --report new.json");
    expect(unwritten.code).toBe(1);
    expect(unwritten.err).toContain("you have no permission");
    expect(stage.takeWrites()).toEqual([]);
    chmodSync(stage.folder, 0o755);
  });
});

describe("a saved plan", () => {
  test("is not written over by the report of its own apply", async () => {
    await stage.run("plan --out plan.json");
    const before = readFileSync(at("plan.json"), "utf8");
    expect((await stage.run("apply plan.json --report ./plan.json")).code).toBe(3);
    expect(readFileSync(at("plan.json"), "utf8")).toBe(before);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("comes through a pipe or standard input", async () => {
    await stage.run("plan --out plan.json");
    makePipe(at("pipe"));
    const running = stage.run("apply pipe");
    execFileSync("sh", ["-c", `cat ${at("plan.json")} > ${at("pipe")}`]);
    expect((await running).code).toBe(0);
    for (const name of ["-", "/dev/stdin"]) {
      const child = startCommand(
        stage.folder,
        `apply ${name}`,
        { AGENTVANE_SERVER_URL: stage.url },
        { stdin: "pipe" },
      );
      child.stdin?.end(readFileSync(at("plan.json")));
      const { code, err } = await untilEnd(child);
      expect(code, err).toBe(0);
    }
  });

  test("that does not come: the run ends by its time-out, and by a signal", async () => {
    makePipe(at("pipe"));
    expect((await stage.run("apply pipe --timeout 300ms")).code).toBe(1);
    const child = startCommand(stage.folder, "apply pipe --debug", {
      AGENTVANE_SERVER_URL: stage.url,
    });
    const ended = untilEnd(child);
    // Only a process that has opened the pipe lets a writer open it.
    const writer = spawn("sh", ["-c", `exec 3> ${at("pipe")}; echo open; cat`], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    await new Promise((resolve) => writer.stdout.once("data", resolve));
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
    writer.stdin.end();
    expect(stage.takeWrites()).toEqual([]);
  });

  test("is told apart from a folder and from nothing", async () => {
    expect((await stage.run("apply more")).code).toBe(1);
    expect((await stage.run("apply nowhere.json")).code).toBe(3);
    expect((await stage.run("apply /dev/null")).code).toBe(4);
  });
});
