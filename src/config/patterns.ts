/** Text that has a template, which may stand where a number, a flag or a word does. */
export const templatePattern = "\\$\\{\\{";

/** Text without templates: variables are what templates refer to. */
export const plainTextPattern = "^(?![\\s\\S]*\\$\\{\\{)";

/** Text that is more than blanks. */
export const filledPattern = "\\S";

/** Text that is more than blanks, and without templates. */
export const plainFilledPattern = `${plainTextPattern}[\\s\\S]*\\S`;

/** What a variable may be called: what an environment variable may be called. */
export const variablePattern = "^[A-Za-z_][A-Za-z0-9_]*$";

/** Names of labels that are not agentvane's own. */
export const labelPattern = "^(?!agentvane\\.)";

/** How long a gate may take. */
export const durationPattern = "^[0-9]+(ms|s|m|h)$";

/** What an alias may be set to as text. */
export const aliasTargetPattern = "^latest$";

/** A pattern that lets templates through as well. */
export function orTemplate(pattern: string): string {
  return `${pattern}|${templatePattern}`;
}
