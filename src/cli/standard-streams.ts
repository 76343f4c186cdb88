import { fstatSync, writeSync } from "node:fs";
import { isTerminal } from "./is-terminal.ts";

/** Why a stream accepts nothing more: its reader is gone, or writing failed, as on a full disk. */
export type LostStream =
  | { readonly kind: "closed" }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * An output of this process. Writing never throws, never ends the run and never waits for a reader: a reader may close
 * or stop reading in the middle of a release.
 */
export type StandardStream = {
  readonly write: (text: string) => void;
  /** Why it accepts nothing more; undefined while it works. */
  readonly lost: () => LostStream | undefined;
  /** Aborts when it accepts nothing more, so that a question on it cannot be seen. */
  readonly gone: AbortSignal;
  /** Resolves when everything written so far has left the process, or is lost. */
  readonly flushed: () => Promise<void>;
};

/** Both outputs of a command: `out` carries its result, `err` everything else. */
export type StandardStreams = { readonly out: StandardStream; readonly err: StandardStream };

/** Takes over the outputs of this process. From then on their errors do not crash the process. */
export function openStandardStreams(): StandardStreams {
  return {
    out: openStream(1, () => process.stdout),
    err: openStream(2, () => process.stderr),
  };
}

/**
 * A stream that survives the loss of its reader, also for code that writes to the terminal directly, as displays do.
 * Node's streams are loaded for the first text that needs one: files need none, and a quiet run may write nothing.
 */
export function openStream(descriptor: number, open: () => NodeJS.WritableStream): StandardStream {
  const gone = new AbortController();
  let lost: LostStream | undefined;
  let pending = 0;
  let waiting: (() => void)[] = [];
  const fail = (error: NodeJS.ErrnoException) => {
    lost ??= lossOf(error);
    gone.abort();
  };
  const finish = () => {
    if (pending > 0 && lost === undefined) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  let opened: NodeJS.WritableStream | undefined;
  const stream = () => {
    opened ??= open().on("error", (error: Error) => {
      fail(error);
      finish();
    });
    return opened;
  };
  const file = isRegularFile(descriptor) ? descriptor : undefined;
  if (isTerminal(descriptor)) stream();
  return {
    write: (text) => {
      if (lost !== undefined) return;
      if (file !== undefined) {
        try {
          writeWhole(file, text);
        } catch (error) {
          fail(error as NodeJS.ErrnoException);
        }
        return;
      }
      pending += 1;
      stream().write(text, (error) => {
        pending -= 1;
        if (error) fail(error);
        finish();
      });
    },
    lost: () => lost,
    gone: gone.signal,
    flushed: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        finish();
      }),
  };
}

/** Prints a text that is the whole purpose of a command, and gives the exit code. */
export async function printResult({ out, err }: StandardStreams, text: string): Promise<0 | 1> {
  out.write(text);
  await out.flushed();
  const lost = out.lost();
  if (lost?.kind !== "failed") return 0;
  err.write(`agentvane: the output could not be written: ${lost.reason}\n`);
  await err.flushed();
  return 1;
}

/** Errors that only mean that the reader is gone: of a pipe, and of a socket. */
const readerGone: ReadonlySet<string | undefined> = new Set(["EPIPE", "ECONNRESET"]);

function lossOf({ code, message }: NodeJS.ErrnoException): LostStream {
  return readerGone.has(code) ? { kind: "closed" } : { kind: "failed", reason: message };
}

/** Whether a descriptor is a file, not a terminal, a pipe or a device. */
function isRegularFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** Node's own stream for files reports success for a part of a text if the disk becomes full. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
}
