import type { Scope } from "../../plan/scope.ts";

/** The commands that can tell of themselves in Markdown. */
export type MarkdownKind = "plan" | "drift" | "apply";

/** Longest name that is told in the marker; projects and environments have at most 64 characters. */
const longestName = 200;

/**
 * A line that nobody sees and by which a comment is found again, to be updated in place. Names are empty as long
 * as they are not known.
 */
export function markdownMarker(kind: MarkdownKind, scope: Scope | undefined): string {
  const { project = "", environment = "" } = scope ?? {};
  return `<!-- agentvane ${kind}: project=${encoded(project)}, environment=${encoded(environment)} -->`;
}

/** Percent-encoded but for letters, digits, `.`, `_` and single dashes, so that it can end neither comment nor line. */
function encoded(name: string): string {
  return encodeURIComponent(name.slice(0, longestName).toWellFormed()).replace(
    /[!'()*~]|(?<=-)-/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
