import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Terminal as Emulation } from "@xterm/headless";
import type { Stage } from "../scenarios/stage.ts";

const command = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");

/** A command in a pseudo-terminal, and what a person in front of it sees. */
export type Terminal = {
  readonly type: (text: string) => void;
  /** What is on the screen, once that matches. Rejects when the command ends before it does. */
  readonly until: (pattern: RegExp) => Promise<string>;
  readonly screen: () => string;
  /** The screen and everything that has scrolled out of it. */
  readonly scrollback: () => string;
  /** Every byte that was written, as it came. */
  readonly bytes: () => string;
  readonly resize: (columns: number, rows: number) => void;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<{
    readonly code: number | null;
    /** Whether keys are read and the cursor is shown as before. */
    readonly isRestored: boolean;
  }>;
};

/** Runs the command in a pseudo-terminal, 80 columns by 24 rows unless told. */
export function openTerminal(
  { folder, url }: Stage,
  args: string,
  options: { columns?: number; rows?: number; env?: Readonly<Record<string, string>> } = {},
): Terminal {
  const { columns = 80, rows = 24, env = {} } = options;
  const left = (name: string) => readFileSync(path.join(folder, `.${name}`), "utf8").trim();
  const lines = [
    `stty cols ${columns} rows ${rows}; tty > .tty; stty -g > .before`,
    "trap : INT TERM",
    `sh -c 'echo $$ > .pid; exec "${process.execPath}" "${command}" ${args}'`,
    "code=$?; stty -g > .after; exit $code",
  ];
  const child = spawn("script", ["-qec", lines.join("\n"), "/dev/null"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      TERM: "xterm-256color",
      MISTRAL_API_KEY: "key-of-the-test",
      AGENTVANE_SERVER_URL: url,
      ...env,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const emulation = new Emulation({
    cols: columns || 80,
    rows: rows || 24,
    scrollback: 5_000,
    allowProposedApi: true,
  });
  let bytes = "";
  let look = () => {};
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.toString();
    emulation.write(chunk, () => look());
  });
  const ended = new Promise<Awaited<Terminal["ended"]>>((resolve) => {
    child.on("close", (code) => {
      const isShown = bytes.lastIndexOf("\u001b[?25h") >= bytes.lastIndexOf("\u001b[?25l");
      resolve({ code, isRestored: isShown && left("before") === left("after") });
    });
  });
  const textFrom = (first: number) => {
    const { active } = emulation.buffer;
    const rowsBelow = Array.from({ length: active.length - first }, (_, at) =>
      active.getLine(first + at)?.translateToString(true),
    );
    return rowsBelow.join("\n").trimEnd();
  };
  const screen = () => textFrom(emulation.buffer.active.baseY);
  return {
    type: (text) => child.stdin.write(text),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (pattern.test(screen())) resolve(screen());
        };
        look();
        ended.then(({ code }) => {
          look();
          reject(new Error(`ended with ${code} before ${pattern} was seen:\n${textFrom(0)}`));
        });
      }),
    screen,
    scrollback: () => textFrom(0),
    bytes: () => bytes,
    resize: (width, height) => {
      emulation.resize(width, height);
      execFileSync("stty", ["-F", left("tty"), "cols", String(width), "rows", String(height)]);
    },
    signal: (signal) => process.kill(Number(left("pid")), signal),
    ended,
  };
}
