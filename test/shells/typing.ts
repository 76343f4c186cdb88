import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const command = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");

/** A shell, the Debian package that it is in, and how it is set up to complete, as the documentation says. */
type Shell = {
  readonly package: string;
  readonly start: string;
  /** What a person types to see what there is. */
  readonly listing: string;
  readonly files: { readonly [name: string]: string };
};

const shells = {
  bash: {
    package: "bash",
    start: "bash --noprofile --rcfile .bashrc -i",
    listing: "\t\t",
    files: {
      ".bashrc": [
        "bind 'set enable-bracketed-paste off'",
        "PS1='ready> '",
        "source <(agentvane completion bash)",
      ].join("\n"),
    },
  },
  zsh: {
    package: "zsh",
    start: "zsh -i",
    listing: "\t",
    files: {
      ".zshrc": [
        "autoload -U compinit && compinit -u -D",
        "unset zle_bracketed_paste",
        "PS1='ready> '",
        "source <(agentvane completion zsh)",
      ].join("\n"),
    },
  },
  fish: {
    package: "fish",
    start: "fish -i",
    listing: "\t",
    files: {
      ".config/fish/config.fish": "function fish_prompt; echo -n 'ready> '; end; set fish_greeting",
      // Otherwise fish begins to read all manual pages in the background.
      ".local/share/fish/generated_completions/none": "",
    },
  },
} satisfies { readonly [name: string]: Shell };

export type ShellName = keyof typeof shells;
export const shellNames = Object.keys(shells) as readonly ShellName[];

/** A home with the shell set up and a project in it, where a person types at a terminal. */
export type Typist = {
  /** Types a line, Tab where it has one, and Enter; gives the arguments that agentvane was then called with. */
  readonly type: (line: string) => Promise<readonly string[]>;
  /** Types the beginning of a line and asks what may follow; gives all that the terminal then showed. */
  readonly list: (line: string) => Promise<string>;
  readonly write: (name: string, text: string) => void;
  readonly folder: string;
  readonly leave: () => Promise<void>;
};

/**
 * Sits somebody down at a shell, with agentvane's own completion or another script. Throws a sentence when the shell
 * is not installed.
 */
export function sitDown(name: ShellName, script?: string): Typist {
  const shell: Shell = shells[name];
  if (spawnSync(name, ["--version"]).status !== 0) {
    throw new Error(`${name} is not installed: apt-get install -y ${shell.package}`);
  }
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-shell-"));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const ours = spawnSync(process.execPath, [command, "completion", name], { encoding: "utf8" });
  for (const [file, text] of Object.entries(shell.files)) write(file, `${text}\n`);
  write("bin/agentvane", standIn);
  chmodSync(path.join(folder, "bin", "agentvane"), 0o755);
  write("bin/script", script ?? ours.stdout);
  write(".config/fish/completions/agentvane.fish", script ?? ours.stdout);
  const terminal = openTerminal(shell, folder);
  return {
    folder,
    write,
    type: async (line) => {
      const shown = await terminal.type(`${line}\n`);
      const called = /<<(.*?)>>/s.exec(shown);
      if (called === null) throw new Error(`agentvane was not called:\n${shown}`);
      return (called[1] ?? "").split("><").filter((each) => each !== "");
    },
    // What was typed is taken back before Enter: only what was listed is left.
    list: (line) => terminal.type(`${line}${shell.listing}\u0015echo that' was 'all\n`),
    leave: async () => {
      await terminal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Prints the script, and lists names as agentvane does; otherwise it tells what it was called with. */
const standIn = `#!/bin/sh
if [ "$1 $#" = "completion 2" ]; then exec cat "$(dirname "$0")/script"; fi
if [ "$1 $2" = "completion --list" ]; then exec "${process.execPath}" "${command}" "$@"; fi
printf '<'; printf '<%s>' "$@"; printf '>\\n'
`;

type Terminal = {
  /** Types what ends with Enter; gives all that was shown until the shell was ready again. */
  readonly type: (text: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** A terminal with a shell in it. Each line that is entered prints something, and then `ready> ` again. */
function openTerminal(shell: Shell, folder: string): Terminal {
  const child = spawn("script", ["-qec", `stty cols 200 rows 90; ${shell.start}`, "/dev/null"], {
    cwd: folder,
    env: {
      PATH: `${path.join(folder, "bin")}:${process.env.PATH}`,
      HOME: folder,
      ZDOTDIR: folder,
      TERM: "xterm",
      LC_ALL: "C.UTF-8",
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  let shown = "";
  let isOver = (_shown: string) => false;
  let tell = () => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    if (isOver(shown)) tell();
  });
  const until = (over: (text: string) => boolean) =>
    new Promise<void>((resolve) => {
      isOver = over;
      tell = resolve;
      if (over(shown)) resolve();
    });
  return {
    type: async (text) => {
      await until((each) => each.includes("ready> "));
      shown = "";
      child.stdin.write(text);
      await until((each) => /(>>|that was all)[\s\S]*ready> /.test(each));
      return shown;
    },
    close: () => {
      child.stdin.write("exit\n");
      return ended;
    },
  };
}
