import { readFileSync, type Stats, statSync } from "node:fs";
import { MachineError, ProtectedFile } from "../machine-error.ts";
import { openResultFile, targetOfResult, unwritable } from "./open-result-file.ts";
import type { ResultRun } from "./result-file.ts";
import type { ResultTarget } from "./result-target.ts";

/** A result file that the command line names. */
export type WritableResult = {
  /** Writes it, unless it is a file of the project; throws a `MachineError` if it cannot be written. */
  readonly write: (text: string) => Promise<void>;
};

/** The result files of a run, none of which may be a file that the run has read. */
export type ResultFiles = {
  /** Whether the command line has named none so far. */
  readonly isEmpty: () => boolean;
  /**
   * Checks that a file can be written; throws a `MachineError` if it cannot, and a `ProtectedFile` if it must not be
   * written.
   */
  readonly open: (what: string, file: string) => Promise<WritableResult>;
  /** Protects these files from now on; throws a `ProtectedFile` if one of them is a result file. */
  readonly protect: (files: readonly string[]) => void;
  /**
   * From now on only new files, empty files and earlier results may be written; any other target throws a
   * `MachineError`.
   */
  readonly keepForeign: () => void;
  /** Releases every file that was not written. */
  readonly close: () => void;
};

type Entry = {
  readonly shown: string;
  readonly target: ResultTarget;
  isForbidden: boolean;
  close: () => void;
};

/** The results of one run, without files and without protection. */
export function resultFiles(run: ResultRun): ResultFiles {
  const entries: Entry[] = [];
  const precious: ResultTarget[] = [];
  let keepsForeign = false;
  const forbid = (entry: Entry): never => {
    entry.isForbidden = true;
    throw new ProtectedFile(entry.shown, "is a file that this run reads");
  };
  return {
    isEmpty: () => entries.length === 0,
    open: async (what, file) => {
      const target = targetOfResult(what, file);
      const entry: Entry = {
        shown: `${what} ${file}`,
        target,
        isForbidden: false,
        close: () => {},
      };
      const sameFile = entries.find((other) => isSameFile(other.target, target));
      if (sameFile !== undefined) {
        throw new ProtectedFile(entry.shown, `is the same file as ${sameFile.shown}`);
      }
      entries.push(entry);
      if (precious.some((one) => isSameFile(one, target))) forbid(entry);
      const opened = await openResultFile(what, file, target, run);
      entry.close = opened.close;
      return {
        write: async (text) => {
          if (entry.isForbidden) return;
          if (keepsForeign && isForeign(target)) {
            const reason = "it may be a file of the project, and not all of those could be read";
            throw new MachineError(entry.shown, reason);
          }
          entry.close = () => {};
          await opened.write(text).catch((error: unknown) => {
            throw unwritable(what, file, error);
          });
        },
      };
    },
    protect: (files) => {
      precious.push(...files.flatMap(knownTarget));
      const hit = entries.find(({ target }) => precious.some((one) => isSameFile(one, target)));
      if (hit !== undefined) forbid(hit);
    },
    keepForeign: () => {
      keepsForeign = true;
    },
    close: () => {
      for (const { close } of entries) close();
    },
  };
}

function knownTarget(file: string): readonly ResultTarget[] {
  try {
    return [targetOfResult("", file)];
  } catch {
    return [];
  }
}

/** Whether two paths are one regular file: by another spelling, a symbolic link, or a hard link. */
function isSameFile(one: ResultTarget, other: ResultTarget): boolean {
  if (one.kind !== "file" || other.kind !== "file") return false;
  if (one.path === other.path) return true;
  const left = statsNow(one);
  const right = statsNow(other);
  return left !== undefined && left.dev === right?.dev && left.ino === right.ino;
}

/** Whether a file exists with a content that is not a result of agentvane. */
function isForeign(target: ResultTarget): boolean {
  if (target.kind !== "file" || (statsNow(target)?.size ?? 0) === 0) return false;
  const text = readFileSync(target.path, "utf8");
  return !(text.startsWith("{") && text.includes('"format_version"'));
}

function statsNow({ path }: { readonly path: string }): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
