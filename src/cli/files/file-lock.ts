import { randomBytes } from "node:crypto";
import {
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

/** No run holds a lock for longer; an older lock was left behind. Milliseconds. */
const abandonedMs = 10_000;

/** How long a run waits: longer than until a lock counts as left behind; milliseconds. */
const patienceMs = 15_000;

/** After this wait the user is informed, in milliseconds. */
const tellAfterMs = 1_000;

/** A lock between processes that work on one file. */
export type FileLock = {
  /** Runs `act` while no other process holds the lock. Rejects with a plain sentence if the wait takes too long. */
  readonly hold: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Whether the lock is still held: a process that was suspended for long may have lost it. */
  readonly isHeld: () => boolean;
};

/** The lock that a file of this name represents; `onWait` is called once for each long wait. */
export function fileLock(file: string, onWait: () => void): FileLock {
  const me = `${process.pid} ${hostname()} ${randomBytes(8).toString("hex")}`;
  const isHeld = () => contentOf(file) === me;
  const acquire = async () => {
    const start = performance.now();
    let isTold = false;
    while (!tryCreate(file, me)) {
      refuseStranger(file);
      removeIfAbandoned(file, me);
      const waited = performance.now() - start;
      if (waited > patienceMs) {
        throw new Error(`another run holds ${file}; delete that file if no other run is active`);
      }
      if (waited > tellAfterMs && !isTold) {
        isTold = true;
        onWait();
      }
      await wait(5 + Math.random() * 20);
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    isHeld,
    hold: (act) => {
      const turn = last.then(async () => {
        await acquire();
        try {
          return await act();
        } finally {
          if (isHeld()) rmSync(file, { force: true });
        }
      });
      last = turn.catch(() => {});
      return turn;
    },
  };
}

function tryCreate(file: string, me: string): boolean {
  try {
    writeFileSync(file, me, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Runs create only regular files: waiting for anything else would be in vain, and a pipe would block. */
function refuseStranger(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  throw new Error(`${file} is not a regular file; delete it`);
}

/**
 * Removes a lock whose process is gone, or that is too old. It is moved aside first, because only one of several
 * processes succeeds with that; a lock that was created in between is put back.
 */
function removeIfAbandoned(file: string, me: string): void {
  const found = contentOf(file);
  if (found === undefined || !isAbandoned(file, found)) return;
  const aside = `${file}.${me.slice(-16)}`;
  try {
    renameSync(file, aside);
    if (contentOf(aside) !== found) linkSync(aside, file);
  } catch {
    // Another process was faster.
  }
  rmSync(aside, { force: true });
}

function isAbandoned(file: string, content: string): boolean {
  const [pid, host] = content.split(" ");
  if (host === hostname() && !isAlive(Number(pid))) return true;
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > abandonedMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
