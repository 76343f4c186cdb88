import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseScript } from "../../src/emulator/conversation-script.ts";
import { type Stage, setStage, untilEnd } from "../scenarios/stage.ts";
import { type Command, commandsIn, commandsOfScript } from "./commands-of.ts";
import { type Ids, unlikeness, withIds } from "./likeness.ts";
import { notRun, otherYaml } from "./not-run.ts";
import type { Item, Page } from "./page.ts";

const root = path.join(import.meta.dirname, "..", "..");
const built = path.join(root, "dist", "agentvane.cjs");

/** What of a repository or an example makes up a project. */
const projectFiles = ["agents.yaml", "prompts", "tools", "agents"];

/** What is known while a page is read from top to bottom. */
type Reading = {
  readonly page: Page;
  readonly stage: Stage;
  /** Its name is that of the project which `init` writes. */
  readonly folder: string;
  readonly bin: string;
  readonly ids: Ids;
  /** Nobody is there to answer questions. */
  isUnattended: boolean;
  /** An agents.yaml was written, and not looked at by a command yet. */
  isUnchecked: boolean;
  /** What the last command printed. */
  printed: string;
};

/**
 * Reads a page as somebody who does all that it says: writes its files, runs its commands in one project after the
 * other, and compares what they print. Throws at the first thing that is not as the page says.
 */
export async function runPage(page: Page): Promise<void> {
  const stage = await setStage();
  stage.emulator.onRequest(() => stage.passTime(2_000));
  const bin = mkdtempSync(path.join(tmpdir(), "agentvane-docs-"));
  const reading: Reading = {
    page,
    stage,
    folder: path.join(stage.folder, "acme"),
    bin,
    ids: new Map(),
    isUnattended: false,
    isUnchecked: false,
    printed: "",
  };
  mkdirSync(reading.folder);
  writeStandIns(bin);
  try {
    for (const item of page.items) await follow(reading, item);
    await checkWritten(reading, undefined);
  } finally {
    await stage.close();
    rmSync(bin, { recursive: true, force: true });
  }
}

async function follow(reading: Reading, item: Item): Promise<void> {
  if (item.kind === "aside") return await followAside(reading, item);
  const [language = "", file] = item.info.split(" ");
  if (file === "output") {
    const unlike = unlikeness(item.text.split("\n"), reading.printed, reading.ids);
    if (unlike !== undefined) throw wrong(reading, item, unlike);
    return;
  }
  if (file !== undefined) return writeFile(reading, file, item.text);
  switch (language) {
    case "sh":
    case "console":
      await checkWritten(reading, item);
      return await runAll(reading, item, commandsIn(item));
    case "yaml": {
      const other = otherYaml.find(({ holds }) => item.text.includes(holds));
      if (other === undefined) {
        throw wrong(reading, item, "YAML without a file name: ```yaml agents.yaml, or not-run.ts");
      }
      return;
    }
    case "json":
      JSON.parse(item.text);
      return;
    case "":
    case "text":
    case "html":
    case "mermaid":
    case "diff":
      return;
    default:
      throw wrong(reading, item, `nobody has said what is to be done with \`\`\`${language}`);
  }
}

/** `new project`, `project examples/minimal`, `unattended`, `conversations FILE`, or commands. */
async function followAside(reading: Reading, item: Item & { kind: "aside" }): Promise<void> {
  if (item.text === "unattended") {
    reading.isUnattended = true;
    return;
  }
  const script = /^conversations (\S+)$/.exec(item.text)?.[1];
  if (script !== undefined) {
    const text = readFileSync(path.join(reading.folder, script), "utf8");
    reading.stage.emulator.control.followScript(parseScript(text));
    return;
  }
  const source = /^project (\S+)$/.exec(item.text)?.[1];
  if (item.text !== "new project" && source === undefined) {
    return await runAll(reading, item, commandsOfScript(item.text));
  }
  await checkWritten(reading, item);
  const { folder, stage } = reading;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const { id } of stage.emulator.control.agents()) stage.emulator.control.remove(id);
  reading.ids.clear();
  for (const name of source === undefined ? [] : projectFiles) {
    const from = path.join(root, source ?? "", name);
    if (existsSync(from)) cpSync(from, path.join(folder, name), { recursive: true });
  }
}

function writeFile(reading: Reading, file: string, text: string): void {
  const target = path.join(reading.folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${withIds(text, reading.ids)}\n`);
  if (path.basename(file) === "agents.yaml") reading.isUnchecked = true;
}

/** An agents.yaml has to be valid once all of its files are there: when the page goes on to something else. */
async function checkWritten(reading: Reading, item: Item | undefined): Promise<void> {
  if (!reading.isUnchecked) return;
  reading.isUnchecked = false;
  const [result] = await runShell(reading, ["agentvane validate"]);
  if (result?.status !== 0) throw wrong(reading, item, `agents.yaml above it:\n${result?.printed}`);
}

async function runAll(reading: Reading, item: Item, all: readonly Command[]): Promise<void> {
  const commands = all.filter(({ text }) => !notRun.some(({ command }) => command.test(text)));
  const texts = commands.map(({ text }) => withIds(text, reading.ids));
  const results = await runShell(reading, texts);
  for (const [at, { text, output, status }] of commands.entries()) {
    const result = results[at];
    if (result === undefined) throw wrong(reading, item, `${text} was not run`);
    reading.printed = result.printed;
    if (status !== undefined && result.status !== status) {
      throw wrong(reading, item, `${text} ended with ${result.status}:\n${result.printed}`);
    }
    const unlike = output && unlikeness(output, result.printed, reading.ids);
    if (unlike !== undefined) throw wrong(reading, item, `${text}: ${unlike}`);
  }
}

type Result = { readonly printed: string; readonly status: number };

/** Runs commands in one shell, in the project; `$?` is what the command before ended with. */
async function runShell(reading: Reading, commands: readonly string[]): Promise<readonly Result[]> {
  const { stage, folder, bin, isUnattended } = reading;
  const mark = "\u001e";
  const script = commands
    .map((command) => `(exit $was)\n${command}\nwas=$?\nprintf '${mark}%s${mark}' "$was"`)
    .join("\n");
  const child = spawn("bash", ["-c", `exec 2>&1\nwas=0\n${script}`], {
    cwd: folder,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: bin,
      MISTRAL_API_KEY: "key-of-the-test",
      CRM_TOKEN: "token-of-the-test",
      AGENTVANE_SERVER_URL: stage.url,
      DOCS_PERSON: isUnattended ? "" : "there",
      GIT_CONFIG_COUNT: "3",
      GIT_CONFIG_KEY_0: "user.name",
      GIT_CONFIG_VALUE_0: "you",
      GIT_CONFIG_KEY_1: "user.email",
      GIT_CONFIG_VALUE_1: "you@example.com",
      GIT_CONFIG_KEY_2: "init.defaultBranch",
      GIT_CONFIG_VALUE_2: "main",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { out } = await untilEnd(child);
  const pieces = out.replaceAll(stage.url, "https://api.mistral.ai").split(mark);
  return commands.map((_command, at) => ({
    printed: pieces[2 * at] ?? "",
    status: Number(pieces[2 * at + 1] ?? -1),
  }));
}

/**
 * The built command, which a person answers with yes where it would ask; npx for it alone; and `outside`, with which
 * asides do what somebody does in the console.
 */
function writeStandIns(bin: string): void {
  const scripts = {
    agentvane: `#!/bin/bash
case "$DOCS_PERSON $* " in
  *--auto-approve* | there\\ apply\\ [!-]*) ;;
  there\\ apply\\ * | there\\ destroy\\ * | there\\ promote\\ * | there\\ rollback\\ *) set -- "$@" --auto-approve ;;
esac
exec "${process.execPath}" "${built}" "$@"
`,
    outside: `#!/bin/bash\nexec "${process.execPath}" "${path.join(import.meta.dirname, "outside.mjs")}" "$@"\n`,
    npx: '#!/bin/bash\n[ "$1" = agentvane ] && shift && exec agentvane "$@"\nexit 127\n',
  };
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(path.join(bin, name), text);
    chmodSync(path.join(bin, name), 0o755);
  }
}

function wrong({ page }: Reading, item: Item | undefined, what: string): Error {
  return new Error(`${page.name}:${item?.line ?? "end"}: ${what}`);
}
