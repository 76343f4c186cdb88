import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { type GitPlace, git } from "./git.ts";

/** Where files are compared with a commit. Neither path contains links. */
export type CommittedTree = {
  /** The top of the checkout. */
  readonly top: string;
  /** The folder that the file names are relative to. */
  readonly folder: string;
  readonly head: string;
};

/** A path that must be in the commit for a file to be committed: the file itself, or a link on the way to it. */
type Piece = { readonly path: string; readonly content: Buffer; readonly isLink: boolean };

type Entry = { readonly mode: string; readonly hash: string };

/**
 * The files that differ from the commit. Contents are compared with blobs, without the filters of the repository: line
 * ends are ignored, and for a file in Git LFS its pointer is compared. A file with any other filter, or in a submodule,
 * counts as different.
 */
export async function uncommittedFiles(
  place: GitPlace,
  { top, folder, head }: CommittedTree,
  files: readonly string[],
): Promise<readonly string[]> {
  const pieces = files.map((file) => ({ file, pieces: piecesOf(top, path.join(folder, file)) }));
  const paths = pieces.flatMap((each) => (each.pieces ?? []).map((piece) => piece.path));
  const entries = await entriesOf(place, head, [...new Set(paths)]);
  const judged = await Promise.all(
    pieces.map(async ({ file, pieces: needed }) => {
      const same = await Promise.all(
        (needed ?? []).map((piece) => isCommitted(place, head, piece, entries.get(piece.path))),
      );
      return needed !== undefined && same.every((each) => each) ? [] : [file];
    }),
  );
  return judged.flat();
}

/** The paths of a file for git; undefined if it cannot be read or is outside the checkout. */
function piecesOf(top: string, file: string, depth = 0): readonly Piece[] | undefined {
  const relative = path.relative(top, file);
  // A folder may be called "..data", as in a volume of a cluster.
  const isOutside = relative === ".." || relative.startsWith(`..${path.sep}`);
  if (isOutside || path.isAbsolute(relative) || depth > mostLinks) return undefined;
  const names = relative.split(path.sep);
  try {
    for (const [at] of names.entries()) {
      const here = path.join(top, ...names.slice(0, at + 1));
      if (!lstatSync(here).isSymbolicLink()) continue;
      const target = readlinkSync(here);
      const aim = path.resolve(path.dirname(here), target, ...names.slice(at + 1));
      const rest = piecesOf(top, aim, depth + 1);
      const link = { path: gitPath(top, here), content: Buffer.from(target), isLink: true };
      return rest && [link, ...rest];
    }
    return [{ path: gitPath(top, file), content: readFileSync(file), isLink: false }];
  } catch {
    return undefined;
  }
}

/** A longer chain of links is a cycle. */
const mostLinks = 40;

function gitPath(top: string, file: string): string {
  return path.relative(top, file).split(path.sep).join("/");
}

/** How many names one run of git gets. */
const atOnce = 500;

async function entriesOf(
  place: GitPlace,
  head: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (let at = 0; at < paths.length; at += atOnce) {
    const part = paths.slice(at, at + atOnce);
    const args = ["--literal-pathspecs", "ls-tree", "-z", "--full-tree", head, "--", ...part];
    const { out } = await git(place, args);
    for (const line of out.toString("utf8").split("\0")) {
      const [, mode, hash, name] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      if (name !== undefined) entries.set(name, { mode: mode ?? "", hash: hash ?? "" });
    }
  }
  return entries;
}

async function isCommitted(
  place: GitPlace,
  head: string,
  { content, isLink }: Piece,
  entry: Entry | undefined,
): Promise<boolean> {
  if (entry === undefined || (entry.mode === "120000") !== isLink) return false;
  const hashOf = (bytes: Buffer) => blobHash(bytes, head.length === 40 ? "sha1" : "sha256");
  if (hashOf(content) === entry.hash) return true;
  if (isLink) return false;
  const unix = withoutReturns(content);
  if (hashOf(unix) === entry.hash) return true;
  const { status, out } = await git(place, ["cat-file", "blob", entry.hash]);
  return status === 0 && (withoutReturns(out).equals(unix) || isPointerTo(out, content));
}

/** Git's hash of a content. */
function blobHash(content: Buffer, algorithm: "sha1" | "sha256"): string {
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest("hex");
}

/** With the line ends of repositories; the configuration reads both alike. */
function withoutReturns(content: Buffer): Buffer {
  return Buffer.from(content.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}

/** Whether a blob is the pointer to a content in Git LFS. */
function isPointerTo(blob: Buffer, content: Buffer): boolean {
  const text = blob.toString("latin1");
  const digest = createHash("sha256").update(content).digest("hex");
  return text.startsWith("version https://git-lfs.") && text.includes(`oid sha256:${digest}\n`);
}
