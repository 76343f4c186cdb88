import { Box, type Key as InkKey, type Instance, render, Text, useInput, useStdout } from "ink";
import { useLayoutEffect } from "react";
import type { Size, Terminal } from "./terminal.ts";
import { cut } from "./typeset.ts";

/** Rows at the end of the terminal that are redrawn, below everything that was written so far. */
export type Display = {
  readonly draw: (rows: readonly string[]) => void;
  /** Writes text above the rows, where it stays. */
  readonly above: (text: string) => void;
  readonly size: () => Size;
  /** Replaces the rows by these final ones and restores the terminal. */
  readonly close: (rows: readonly string[]) => void;
};

type Watch = {
  /** Reads keys one by one while the display is open. */
  readonly onInput?: (input: string, key: InkKey) => void;
  readonly onResize?: () => void;
};

/** The size of a terminal; 80 columns and 24 rows if it does not know its size, such as a serial console. */
function sizeOf({ columns, rows }: NodeJS.WriteStream): Size {
  return { columns: columns || 80, rows: rows || 24 };
}

/** Opens a display. Without `onInput` the terminal keeps its mode, and Ctrl-C sends a signal as usual. */
export function openDisplay({ input, output }: Terminal, { onInput, onResize }: Watch): Display {
  let above: (text: string) => void = (text) => void output.write(text);
  const expose = (write: (text: string) => void) => {
    above = write;
  };
  const page = (rows: readonly string[]) => {
    const { columns } = sizeOf(output);
    const fitting = rows.map((row) => cut(row, columns));
    return <Page rows={fitting} onInput={onInput} onReady={expose} />;
  };
  const ink: Instance = render(page([]), {
    stdout: sizedForInk(output),
    stdin: input,
    stderr: output,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  if (onResize !== undefined) output.on("resize", onResize);
  return {
    draw: (rows) => ink.rerender(page(rows)),
    above: (text) => above(text),
    size: () => sizeOf(output),
    close: (rows) => {
      if (onResize !== undefined) output.off("resize", onResize);
      ink.rerender(page(rows));
      ink.unmount();
    },
  };
}

type PageProps = {
  readonly rows: readonly string[];
  readonly onInput: Watch["onInput"];
  readonly onReady: (write: (text: string) => void) => void;
};

function Page({ rows, onInput, onReady }: PageProps) {
  const { write } = useStdout();
  useLayoutEffect(() => {
    onReady(write);
  }, [write, onReady]);
  return (
    <Box flexDirection="column">
      {onInput === undefined ? null : <Keyboard onInput={onInput} />}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is identified by its position on the screen
        <Text key={at} wrap="truncate-end">
          {row === "" ? " " : row}
        </Text>
      ))}
    </Box>
  );
}

function Keyboard({ onInput }: { readonly onInput: NonNullable<Watch["onInput"]> }) {
  useInput(onInput);
  return null;
}

/**
 * An output that hides its height from ink but not its width. If the rows do not fit, as may happen for a moment after
 * a window was made lower, ink would clear the whole terminal, including everything written before.
 */
function sizedForInk(output: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(output, {
    get: (target, name) => {
      if (name === "rows") return Number.POSITIVE_INFINITY;
      if (name === "columns") return sizeOf(target).columns;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}
