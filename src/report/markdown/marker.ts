import type { Scope } from "../../plan/scope.ts";

/** The commands with Markdown output. */
export type MarkdownKind = "plan" | "drift" | "apply";

/** Longest name in the marker; projects and environments have at most 64 characters. */
const longestName = 200;

/** A hidden line that identifies a comment, so that it can be updated. Names are empty while they are unknown. */
export function markdownMarker(kind: MarkdownKind, scope: Scope | undefined): string {
  const { project = "", environment = "" } = scope ?? {};
  return `<!-- agentvane ${kind}: project=${encoded(project)}, environment=${encoded(environment)} -->`;
}

/**
 * Percent-encoded except letters, digits, `.`, `_` and single dashes, so that it can end neither the comment nor the
 * line.
 */
function encoded(name: string): string {
  return encodeURIComponent(name.slice(0, longestName).toWellFormed()).replace(
    /[!'()*~]|(?<=-)-/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
