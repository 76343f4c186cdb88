import { spawn } from "node:child_process";
import xterm from "@xterm/headless";
import { command } from "./project.mjs";

/** Runs agentvane in a pseudo-terminal, for somebody who types and looks at its cells. */
export function openTerminal({ folder, env }, args, { columns, rows }) {
  const line = `stty cols ${columns} rows ${rows}; exec "${process.execPath}" "${command}" ${args.join(" ")}`;
  const child = spawn("script", ["-qec", line, "/dev/null"], { cwd: folder, env });
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let look = () => {};
  child.stdout.on("data", (chunk) => screen.write(chunk, () => look()));
  const ended = new Promise((resolve) => {
    child.on("close", resolve);
  });
  const text = () =>
    Array.from({ length: rows }, (_, at) => lineAt(screen, at)?.translateToString(true)).join("\n");
  return {
    type: (keys) => child.stdin.write(keys),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (pattern.test(text())) resolve();
        };
        look();
        ended.then(() => reject(new Error(`ended before ${pattern} was seen:\n${text()}`)));
      }),
    cells: () =>
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_, column) => cellAt(lineAt(screen, row), column)),
      ),
    close: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function lineAt(screen, row) {
  return screen.buffer.active.getLine(screen.buffer.active.baseY + row);
}

/** What a page needs of a cell: its characters, and how they look. */
function cellAt(line, column) {
  const cell = line?.getCell(column);
  if (cell === undefined) return { characters: " " };
  return {
    characters: cell.getWidth() === 0 ? "" : cell.getChars() || " ",
    color: cell.isFgPalette() ? cell.getFgColor() : undefined,
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
    isInverse: cell.isInverse() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
  };
}
