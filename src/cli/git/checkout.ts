import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import type { Checkout, CommitRelations } from "../../commands/checkout.ts";
import type { CheckoutProblem } from "../../plan/checkout-note.ts";
import { relationsTo } from "./commit-relations.ts";
import { type GitPlace, git } from "./git.ts";
import { uncommittedFiles } from "./uncommitted.ts";

/** The state of a folder in git, and functions for further questions. */
export type OpenedCheckout = {
  readonly checkout: Checkout;
  /** Whether a part of the history is missing. */
  readonly isShallow: boolean;
  /** The full id of an abbreviated commit; undefined if git has none or several. */
  readonly resolve: (commit: string) => Promise<string | undefined>;
  /** The relations of commits to a commit that git has. */
  readonly relationsTo: (commit: string) => CommitRelations;
};

/**
 * The checkout that a folder belongs to, with the files that differ from the commit. Rejects only if the run is asked
 * to stop meanwhile. A repository that cannot be read is reported as such: commands that need it must not continue as
 * if there were none.
 */
export async function openCheckout(
  folder: string,
  ended: AbortSignal,
  files: readonly string[] = [],
): Promise<OpenedCheckout> {
  const real = existsSync(folder) ? realpathSync.native(folder) : folder;
  const found = placeOf(real, ended);
  if (found === undefined) return closed({ kind: "none" });
  const { place, variable } = found;
  const unusable = (kind: CheckoutProblem["kind"], detail: string) =>
    closed({
      kind: "unusable",
      problem: { kind, folder: variable ?? place.trusted ?? real, detail },
    });
  const [about, commit] = await Promise.all([
    git(place, ["rev-parse", "--show-toplevel", "--is-shallow-repository"]),
    headCommit(place),
  ]);
  if (about.status === undefined) return unusable("no_program", "");
  const [top = "", shallow = ""] = about.out.toString("utf8").split("\n");
  const isOther = place.trusted !== undefined && top !== place.trusted;
  if (about.status !== 0 || isOther) {
    return unusable(variable === undefined ? "refused" : "git_dir", firstLine(about.err));
  }
  if (commit === undefined) {
    const named = await git(place, ["symbolic-ref", "-q", "HEAD"]);
    const any = await git(place, ["rev-list", "--all", "--max-count=1"]);
    const isNew = named.status === 0 && any.status === 0 && any.out.length === 0;
    return isNew
      ? closed({ kind: "none" })
      : unusable("no_commit", named.out.toString("utf8").trim());
  }
  const isShallow = shallow === "true";
  const run = (args: readonly string[], input: string) => git(place, args, input);
  const relations = (head: string) => relationsTo(run, head, isShallow);
  return {
    isShallow,
    relationsTo: relations,
    resolve: (short) => wholeCommit(place, short),
    checkout: {
      kind: "commit",
      ...commit,
      relations: relations(commit.head),
      uncommitted: await uncommittedFiles(place, { top, folder: real, head: commit.head }, files),
    },
  };
}

/** Whether git would commit a file of a folder, or has it in a commit. */
export async function isCommittable(
  folder: string,
  file: string,
  ended: AbortSignal,
): Promise<boolean> {
  const found = placeOf(realpathSync.native(folder), ended);
  if (found === undefined) return false;
  const { status } = await git(found.place, ["check-ignore", "-q", path.join(folder, file)]);
  return status === 1;
}

function closed(checkout: Checkout): OpenedCheckout {
  return {
    checkout,
    isShallow: false,
    resolve: async () => undefined,
    relationsTo: () => async () => new Map(),
  };
}

/**
 * Where git has to look: the nearest folder with a `.git`, or GIT_DIR, whose checkout is the folder that git is started
 * in. Undefined if there is neither.
 */
function placeOf(
  folder: string,
  ended: AbortSignal,
): { readonly place: GitPlace; readonly variable?: string } | undefined {
  const variable = process.env.GIT_DIR;
  if (variable) {
    return { place: { folder: process.cwd(), trusted: undefined, ended }, variable };
  }
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return { place: { folder, trusted: at, ended } };
    if (at === path.dirname(at)) return undefined;
  }
}

/** The commit that is checked out, with its time; undefined if HEAD names none that exists here. */
async function headCommit(
  place: GitPlace,
): Promise<{ readonly head: string; readonly committedMs: number } | undefined> {
  const { status, out } = await git(place, ["cat-file", "--batch"], "HEAD^{commit}\n");
  const text = out.toString("utf8");
  const [, head] = /^([0-9a-f]{40}(?:[0-9a-f]{24})?) commit \d+\n/.exec(text) ?? [];
  const [, seconds] = /^committer .*> (-?\d+) [+-]\d{4}$/m.exec(text) ?? [];
  if (status !== 0 || head === undefined || seconds === undefined) return undefined;
  return { head, committedMs: Number(seconds) * 1000 };
}

async function wholeCommit(place: GitPlace, commit: string): Promise<string | undefined> {
  const { status, out } = await git(place, ["rev-parse", "-q", "--verify", `${commit}^{commit}`]);
  return status === 0 ? out.toString("utf8").trim() : undefined;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
