import { constants, openSync } from "node:fs";
import { connect, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Interrupted } from "../shutdown.ts";
import type { ResultFile, ResultRun } from "./result-file.ts";

/** How often it is looked whether a reader has come, in milliseconds. */
const lookEveryMs = 50;

/**
 * Opens a named pipe, as soon as somebody reads it. Opening never blocks a thread, so the end of the run ends the
 * waiting, too.
 */
export async function openPipe(file: string, run: ResultRun): Promise<ResultFile> {
  for (;;) {
    if (run.ended.aborted) throw new Interrupted();
    const descriptor = openedPipe(file);
    if (descriptor !== undefined) {
      return resultTo(new Socket({ fd: descriptor, readable: false, writable: true }), run);
    }
    await wait(lookEveryMs, undefined, { signal: run.ended }).catch(() => {});
  }
}

/** Connects to a socket on which somebody listens. */
export function openSocket(file: string, run: ResultRun): Promise<ResultFile> {
  return new Promise((resolve, reject) => {
    const socket = connect(file);
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      socket.resume();
      resolve(resultTo(socket, run));
    });
  });
}

function openedPipe(file: string): number | undefined {
  try {
    return openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    // Nobody reads it yet.
    if ((error as NodeJS.ErrnoException).code === "ENXIO") return undefined;
    throw error;
  }
}

function resultTo(socket: Socket, run: ResultRun): ResultFile {
  let failure: Error | undefined;
  socket.on("error", (error) => {
    failure = error;
  });
  // A reader that says nothing must not hold a run that has nothing else to do.
  socket.unref();
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        socket.ref();
        const limit = limitOf(run);
        const stop = () => socket.destroy(new Interrupted());
        limit.addEventListener("abort", stop, { once: true });
        socket.once("error", reject);
        socket.end(text, () => {
          limit.removeEventListener("abort", stop);
          resolve();
        });
      }),
    close: () => void socket.destroy(),
  };
}

/** A report is written after a stop as well, in the time that is left for that. */
function limitOf({ ended, left }: ResultRun): AbortSignal {
  const limit = AbortSignal.timeout(Math.max(1, Math.min(left(), 2 ** 31 - 1)));
  return ended.aborted ? limit : AbortSignal.any([ended, limit]);
}
