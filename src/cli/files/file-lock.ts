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

/** Nobody holds a lock for longer: what is older was left behind, in milliseconds. */
const abandonedMs = 10_000;

/** How long somebody waits, longer than it takes until a lock counts as left behind; milliseconds. */
const patienceMs = 15_000;

/** From when on it is worth telling that somebody waits, in milliseconds. */
const tellAfterMs = 1_000;

/** A lock between the processes that work on one file. */
export type FileLock = {
  /** Runs something while nobody else holds the lock. Rejects with a plain sentence when that takes too long. */
  readonly hold: <Result>(act: () => Promise<Result>) => Promise<Result>;
  /** Whether it is still held: a process that was stopped for long may have lost it. */
  readonly isHeld: () => boolean;
};

/** The lock that a file of this name is; `onWait` is called once for each waiting that takes long. */
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
        throw new Error(`another run holds ${file}; delete that file if no other run is at work`);
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

/** What is no regular file was made by no run: it would be waited for in vain, and a pipe would never be read. */
function refuseStranger(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.isFile()) return;
  throw new Error(`${file} is in the way and is no regular file; delete it`);
}

/**
 * Takes away a lock whose process is gone, or that is too old. It is moved aside first, since only one of several that
 * find it can do that; a lock that somebody made in between is put back.
 */
function removeIfAbandoned(file: string, me: string): void {
  const found = contentOf(file);
  if (found === undefined || !isAbandoned(file, found)) return;
  const aside = `${file}.${me.slice(-16)}`;
  try {
    renameSync(file, aside);
    if (contentOf(aside) !== found) linkSync(aside, file);
  } catch {
    // Somebody else was faster.
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
