import { lstatSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import path from "node:path";

/** The real target of a path, with links followed. */
export type ResultTarget =
  /** A regular file, or a file that does not exist yet. */
  | { readonly kind: "file"; readonly path: string; readonly stats: Stats | undefined }
  | { readonly kind: "folder" }
  /** One of this process's own streams, which must not be opened again. */
  | { readonly kind: "stream"; readonly stream: "out" | "err" }
  | { readonly kind: "pipe" | "socket" | "device"; readonly path: string };

/** Most links that are followed, as in the system's own limit. */
const mostLinks = 40;

/** Finds the target of a path. Throws the system's error if its folder cannot be read. */
export function resultTarget(name: string): ResultTarget {
  if (/[/\\]$/.test(name)) return { kind: "folder" };
  let file = path.resolve(name);
  for (let links = 0; links <= mostLinks; links += 1) {
    // The folder by its real path, and the last step here: it may be a link to a file that does not exist yet.
    file = path.join(realpathSync.native(path.dirname(file)), path.basename(file));
    const stream = ownStream(file);
    if (stream !== undefined) return { kind: "stream", stream };
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (!stats?.isSymbolicLink()) return targetOf(file, stats);
    file = path.resolve(path.dirname(file), readlinkSync(file));
  }
  throw Object.assign(new Error(`too many links: ${name}`), { code: "ELOOP", path: name });
}

function targetOf(file: string, stats: Stats | undefined): ResultTarget {
  if (stats === undefined || stats.isFile()) return { kind: "file", path: file, stats };
  if (stats.isDirectory()) return { kind: "folder" };
  if (stats.isFIFO()) return { kind: "pipe", path: file };
  return { kind: stats.isSocket() ? "socket" : "device", path: file };
}

/** The name behind `/dev/stdout` and similar paths, which only look like links. */
function ownStream(file: string): "out" | "err" | undefined {
  const [, descriptor] = /^(?:\/proc\/(?:self|\d+)|\/dev)\/fd\/([12])$/.exec(file) ?? [];
  if (descriptor === undefined || isOfAnother(file)) return undefined;
  return descriptor === "1" ? "out" : "err";
}

function isOfAnother(file: string): boolean {
  const [, owner] = /^\/proc\/(\d+)\//.exec(file) ?? [];
  return owner !== undefined && Number(owner) !== process.pid;
}
