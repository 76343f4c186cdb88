import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.write(acme({ triage: { instructions: "Be kind." } }));
});
afterEach(() => stage.close());

type Loaded = { readonly files: readonly string[]; readonly modules: readonly string[] };

/** What a run loads: files of ours, and modules of Node beyond those that it always has. */
async function loadedBy(args: string): Promise<Loaded> {
  const told = path.join(stage.folder, "loaded.json");
  const hook = path.join(import.meta.dirname, "loaded.cjs");
  const variables = { NODE_OPTIONS: `--require ${hook}`, LOADED: told };
  const { code, out, err } = await stage.run(args, variables, {
    stdout: path.join(stage.folder, "out"),
  });
  expect(code, out + err).toBe(0);
  const run: Loaded = JSON.parse(readFileSync(told, "utf8"));
  const env = { ...process.env, ...variables };
  spawnSync(process.execPath, ["-e", "0"], { env, cwd: stage.folder });
  const always: Loaded = JSON.parse(readFileSync(told, "utf8"));
  const modules = run.modules.filter((each) => !always.modules.includes(each));
  return { files: run.files.toSorted(), modules };
}

// Each costs milliseconds of every run; docs/performance.md has the figures.
describe("a run loads what it uses and no more", () => {
  test("--version: the entry", async () => {
    expect(await loadedBy("--version")).toEqual({ files: ["agentvane.cjs"], modules: [] });
  });

  test.each(["--help", "help plan", "plan --help"])("%s: the texts as well", async (args) => {
    const expected = { files: ["agentvane.cjs", "help-texts.cjs"], modules: [] };
    expect(await loadedBy(args)).toEqual(expected);
  });

  test("validate: one program, no streams for a file, nothing of a network", async () => {
    const { files, modules } = await loadedBy("validate");
    expect(files).toEqual(["agentvane.cjs", "validate.cjs"]);
    const rare = ["stream", "net", "tty", "crypto", "http", "child_process", "readline"];
    expect(modules.filter((each) => rare.includes(each))).toEqual([]);
  });

  test("plan: one program, no fetch of Node's, and neither TLS nor other programs where there are none", async () => {
    const { files, modules } = await loadedBy("plan");
    expect(files).toEqual(["agentvane.cjs", "plan.cjs"]);
    expect(modules).toContain("http");
    const rare = [
      "https",
      "tls",
      "tty",
      "child_process",
      "readline",
      "internal/deps/undici/undici",
    ];
    expect(modules.filter((each) => rare.includes(each))).toEqual([]);
  });
});

/** Some words of each group of events, and the programs that emit them. */
const wordsOfEvents = [
  ["a problem in a file", "is not a valid value", ["validate", "plan", "all"]],
  ["a plan", "Nothing will be applied.", ["plan", "all"]],
  ["approval", "not running in a terminal", ["all"]],
  ["an apply", "nothing is released", ["all"]],
  ["a conversation", "starting over with a stored conversation", ["all"]],
  ["doctor", "asking the server with a probe agent", ["all"]],
  ["files that are written", "the pins are printed instead", ["all"]],
] as const;

test.each(wordsOfEvents)(
  "the words of %s are in the programs that print them",
  (_name, words, expected) => {
    const found = ["validate", "plan", "all"].filter((program) => {
      const file = path.join(import.meta.dirname, "..", "..", "dist", `${program}.cjs`);
      return readFileSync(file, "utf8").includes(words);
    });
    expect(found).toEqual(expected);
  },
);
