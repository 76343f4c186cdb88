/** Who and what made a version. What is not known is left out. */
export type Provenance = {
  readonly tool: string;
  readonly commit: CommitRecord | undefined;
  /** The CI run, as an address. */
  readonly run: string | undefined;
  readonly actor: string | undefined;
};

/** The commit that a version was made from, as the version itself tells. */
export type CommitRecord = {
  /** In full. */
  readonly commit: string;
  /** When it was committed, as RFC 3339; undefined where only CI told the commit, or an older agentvane wrote it. */
  readonly committedAt: string | undefined;
  /** Files that the configuration read were not as the commit has them. */
  readonly isDirty: boolean;
};

/** Longest `version_message` the API takes (Mistral API reference). */
const longest = 500;

/** The message of a version, for people who read its history and for `commitRecordIn`. */
export function provenanceText({ tool, commit, run, actor }: Provenance): string {
  return [tool, commit && commitText(commit), run && `run ${run}`, actor && `by ${actor}`]
    .filter((part) => part)
    .join(", ")
    .slice(0, longest);
}

function commitText({ commit, committedAt, isDirty }: CommitRecord): string {
  const time = committedAt === undefined ? "" : ` of ${committedAt}`;
  return `commit ${commit}${isDirty ? "-dirty" : ""}${time}`;
}

/** The commit that a version was made from, as its message tells; undefined when it tells none. */
export function commitRecordIn(message: unknown): CommitRecord | undefined {
  if (typeof message !== "string") return undefined;
  const found =
    /\bcommit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\b(-dirty)?(?: of (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ))?/.exec(
      message,
    );
  const [, commit, dirty, committedAt] = found ?? [];
  return commit === undefined ? undefined : { commit, committedAt, isDirty: dirty !== undefined };
}
