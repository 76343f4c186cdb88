import { invalidValue } from "./declared-variables.ts";
import type { TemplateSource } from "./problem.ts";
import type { ProblemLog } from "./problem-log.ts";
import type { SourceRange } from "./source-text.ts";
import { hasTemplate, openingsOf, type TemplatePart, templateParts } from "./template.ts";
import type { Scalar, Tree } from "./tree.ts";
import type { Variables } from "./variables.ts";

/** Whether a text may take in secrets: only write-only properties may, all others can be read back. */
export type SecretRule = "secrets_allowed" | "secrets_refused";

/**
 * Replaces the templates of a text. What cannot be replaced is reported, and the text is broken; a secret that is
 * not set is no error, since only a request that sends it needs it: the text is marked `unset`.
 */
export type Expand = (scalar: Scalar, rule: SecretRule) => Tree;

/** How many characters templates may add to one configuration in all. */
const mostInserted = 64 * 1024 * 1024;

/** What an unset environment variable is: an error, or something that only a real run needs. */
export type UnsetRule = "unset_refused" | "unset_allowed";

/** What a part of a text became; with `unset` its text is a stand-in. */
type Filled = { readonly text: string; readonly unset?: string };

/** Expansion with these variables. `unsetRule` is about `${{ env.X }}`. */
export function expansion(variables: Variables, log: ProblemLog, unsetRule: UnsetRule): Expand {
  let inserted = 0;
  const filledPart = (
    part: TemplatePart,
    rangeOf: (nth: number) => SourceRange,
    rule: SecretRule,
  ): Filled | undefined => {
    if (part.kind === "text") return part;
    const range = rangeOf(part.nth);
    if (part.kind === "bad") {
      log.report(range, { code: "bad_template", found: part.found });
      return undefined;
    }
    const { source, name } = part;
    if (source === "secrets" && rule === "secrets_refused") {
      log.report(range, { code: "secret_not_allowed", name });
      return undefined;
    }
    const apiKey = variables.apiKeyBehind(source, name);
    if (apiKey !== undefined) {
      log.report(range, { code: "api_key_not_allowed", name: apiKey });
      return undefined;
    }
    const value = variables.valueOf(source, name);
    if (value === undefined && mayBeUnset(source, unsetRule)) {
      return { text: `\${{ ${source}.${name} }}`, unset: name };
    }
    if (value === undefined) {
      const suggestions = log.suggest(name, variables.namesOf(source));
      log.report(range, { code: "undefined_variable", source, name, suggestions });
      return undefined;
    }
    if (value === invalidValue) return undefined;
    inserted += value.length;
    if (inserted <= mostInserted) return { text: value };
    log.report(range, { code: "text_too_large", limit: mostInserted });
    return undefined;
  };
  return (scalar, rule) => {
    if (typeof scalar.value !== "string" || !hasTemplate(scalar.value)) return scalar;
    const parts = templateParts(scalar.value);
    const rangeOf = templateRanges(scalar);
    const filled = parts.map((part) => filledPart(part, rangeOf, rule));
    const whole = filled.filter((each) => each !== undefined);
    if (whole.length < filled.length) {
      return { kind: "broken", source: scalar.source, start: scalar.start, end: scalar.end };
    }
    const value = whole.map(({ text }) => text).join("");
    return { ...scalar, value, fromTemplate: true, ...onlySecret(parts), ...unsetIn(whole) };
  };
}

/** Whether nothing needs a variable of this source here: a request that sends it does. */
function mayBeUnset(source: TemplateSource, rule: UnsetRule): boolean {
  return source === "secrets" || (source === "env" && rule === "unset_allowed");
}

function unsetIn(filled: readonly Filled[]): { readonly unset?: readonly string[] } {
  const names = new Set(filled.flatMap(({ unset }) => unset ?? []));
  return names.size === 0 ? {} : { unset: [...names] };
}

function onlySecret(parts: readonly TemplatePart[]): { readonly secret?: string } {
  const [only, ...others] = parts.filter((part) => part.kind !== "text" || part.text !== "");
  if (others.length > 0 || only?.kind !== "variable" || only.source !== "secrets") return {};
  return { secret: only.name };
}

/** Where the templates of a text stand in its file; where the text does when it is written with escapes. */
function templateRanges(scalar: Scalar): (nth: number) => SourceRange {
  const { source, start, end } = scalar;
  let openings: readonly number[] | undefined;
  return (nth) => {
    openings ??= openingsOf(source.text.slice(start, end));
    return { source, start: start + (openings[nth] ?? 0), end };
  };
}
