import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { isMachineError, MachineError } from "../machine-error.ts";
import { Interrupted } from "../shutdown.ts";
import type { StandardStream } from "../standard-streams.ts";
import { fileFaultText } from "./file-fault.ts";
import type { ResultFile, ResultRun } from "./result-file.ts";
import { openPipe, openSocket } from "./result-pipe.ts";
import { openRegularFile } from "./result-regular-file.ts";
import { type ResultTarget, resultTarget } from "./result-target.ts";

type Openers = {
  readonly [Kind in ResultTarget["kind"]]: (
    target: Extract<ResultTarget, { readonly kind: Kind }>,
    run: ResultRun,
  ) => ResultFile | Promise<ResultFile>;
};

const openers = {
  file: openRegularFile,
  folder: () => {
    throw Object.assign(new Error("a folder"), { code: "EISDIR" });
  },
  stream: ({ stream }, { streams }) => openStream(streams[stream]),
  pipe: ({ path }, run) => openPipe(path, run),
  socket: ({ path }, run) => openSocket(path, run),
  device: ({ path }) => openDevice(path),
} satisfies Openers;

/**
 * Checks that a result can be written, before the run does anything else; throws a `MachineError` if not. A regular
 * file will be replaced completely or not at all. Any other existing target is opened here, once, and written to.
 */
export async function openResultFile(
  what: string,
  name: string,
  target: ResultTarget,
  run: ResultRun,
): Promise<ResultFile> {
  try {
    const opened = openers[target.kind] as (
      target: ResultTarget,
      run: ResultRun,
    ) => ResultFile | Promise<ResultFile>;
    return await opened(target, run);
  } catch (error) {
    throw unwritable(what, name, error);
  }
}

/** The target of a path; throws a `MachineError` if it cannot be determined. */
export function targetOfResult(what: string, name: string): ResultTarget {
  try {
    return resultTarget(name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new MachineError(`${what} ${name}`, "its folder does not exist");
    throw unwritable(what, name, error);
  }
}

/** The error for a result that cannot be written. */
export function unwritable(what: string, name: string, error: unknown): Error {
  if (error instanceof Interrupted || isMachineError(error)) return error;
  return new MachineError(`${what} ${name}`, `cannot be written: ${fileFaultText(error)}`);
}

async function openDevice(file: string): Promise<ResultFile> {
  const handle = await open(file, constants.O_WRONLY | constants.O_NOCTTY);
  return {
    write: (text) => handle.writeFile(text).finally(() => handle.close()),
    close: () => void handle.close(),
  };
}

/** An output of this process is never opened by name, because other output to it would be lost. */
function openStream(stream: StandardStream): ResultFile {
  return {
    write: async (text) => {
      stream.write(text);
      const lost = stream.lost();
      if (lost?.kind === "failed") throw new Error(lost.reason);
    },
    close: () => {},
  };
}
