/** The notes of a version, from the text of the changelog; undefined when it has no dated section. */
export function notesOf(changelog: string, version: string): string | undefined;
/** All that keeps a version from being released, each with what to do. */
export function missing(state: {
  readonly version: string;
  readonly changelog: string;
  readonly readme: string;
  readonly tags: readonly string[];
}): readonly string[];
