import { constants, openSync } from "node:fs";
import { connect, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Interrupted } from "../shutdown.ts";
import type { ResultFile, ResultRun } from "./result-file.ts";

/** How often to check for a reader, in milliseconds. */
const lookEveryMs = 50;

/**
 * Opens a named pipe as soon as a process reads it. Opening never blocks a thread, so the end of the run ends the wait
 * too.
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

/** Connects to a socket that a process listens on. */
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
    // No process reads it yet.
    if ((error as NodeJS.ErrnoException).code === "ENXIO") return undefined;
    throw error;
  }
}

function resultTo(socket: Socket, run: ResultRun): ResultFile {
  let failure: Error | undefined;
  socket.on("error", (error) => {
    failure = error;
  });
  // A silent reader must not keep a finished run alive.
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

/** After a stop a report is still written, in the remaining time. */
function limitOf({ ended, left }: ResultRun): AbortSignal {
  const limit = AbortSignal.timeout(Math.max(1, Math.min(left(), 2 ** 31 - 1)));
  return ended.aborted ? limit : AbortSignal.any([ended, limit]);
}
