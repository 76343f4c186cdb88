import { constants, createReadStream, fstatSync, openSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { isatty, ReadStream } from "node:tty";
import { MachineError } from "../machine-error.ts";
import { Interrupted } from "../shutdown.ts";
import { fileFaultText } from "./file-fault.ts";

/** The largest input, so that an endless device does not fill the memory. */
const largestInput = 512 * 1024 * 1024;

/**
 * The text of a file, a pipe, or standard input with `-`; undefined if the file does not exist. The end of the run ends
 * any wait.
 */
export async function readInput(
  what: string,
  file: string,
  ended: AbortSignal,
): Promise<string | undefined> {
  let input: Readable | undefined;
  const stop = () => input?.destroy(new Interrupted());
  ended.addEventListener("abort", stop);
  try {
    if (ended.aborted) throw new Interrupted();
    input = isOwnInput(file) ? process.stdin : openInput(file);
    return await textOf(input);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new MachineError(`${what} ${file}`, `cannot be read: ${fileFaultText(error)}`);
  } finally {
    ended.removeEventListener("abort", stop);
  }
}

/** A socket as standard input cannot be opened by name. */
function isOwnInput(file: string): boolean {
  return file === "-" || /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/0)$/.test(file);
}

/** A pipe or a terminal is read without a blocking thread, which would outlive the run. */
function openInput(file: string): Readable {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  if (isatty(fd)) return new ReadStream(fd);
  if (fstatSync(fd).isFIFO()) return new Socket({ fd, readable: true, writable: false });
  return createReadStream(file, { fd });
}

async function textOf(input: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of input) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > largestInput) throw new Error("it is larger than 512 MiB");
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}
