/** Who and what made a version. What is not known is left out. */
export type Provenance = {
  readonly tool: string;
  /** The commit that was checked out, in full. */
  readonly commit: string | undefined;
  /** The CI run, as an address. */
  readonly run: string | undefined;
  readonly actor: string | undefined;
};

/** Longest `version_message` the API takes (Mistral API reference). */
const longest = 500;

/** The message of a version, for people who read its history and for `commitIn`. */
export function provenanceText({ tool, commit, run, actor }: Provenance): string {
  return [tool, commit && `commit ${commit}`, run && `run ${run}`, actor && `by ${actor}`]
    .filter((part) => part)
    .join(", ")
    .slice(0, longest);
}

/** The commit that a version was made from, as its message tells; undefined when it tells none. */
export function commitIn(message: unknown): string | undefined {
  if (typeof message !== "string") return undefined;
  return /\bcommit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\b/.exec(message)?.[1];
}
