import type { Place } from "./source-text.ts";
import { hasTemplate, openingsOf, type TemplatePart, templateParts } from "./template.ts";
import type { Scalar, Tree } from "./tree.ts";
import type { TroubleLog } from "./trouble-log.ts";
import type { Variables } from "./variables.ts";

/** Whether a text may take in secrets: only write-only properties may, all others can be read back. */
export type SecretRule = "secrets_allowed" | "secrets_refused";

/** Replaces the templates of a text. What cannot be replaced is told, and the text is broken. */
export type Expand = (scalar: Scalar, rule: SecretRule) => Tree;

/** How many characters templates may add to one configuration in all. */
const mostInserted = 64 * 1024 * 1024;

/** Expansion with these variables. */
export function expansion(variables: Variables, log: TroubleLog): Expand {
  let inserted = 0;
  const textOfPart = (
    part: TemplatePart,
    placeOf: (nth: number) => Place,
    rule: SecretRule,
  ): string | undefined => {
    if (part.kind === "text") return part.text;
    const place = placeOf(part.nth);
    if (part.kind === "bad") {
      log.tell(place, { code: "bad_template", found: part.found });
      return undefined;
    }
    const { source, name } = part;
    if (source === "secrets" && rule === "secrets_refused") {
      log.tell(place, { code: "secret_not_allowed", name });
      return undefined;
    }
    const value = variables.valueOf(source, name);
    if (value === undefined) {
      const suggestions = log.suggest(name, variables.namesOf(source));
      log.tell(place, { code: "undefined_variable", source, name, suggestions });
      return undefined;
    }
    inserted += value.length;
    if (inserted <= mostInserted) return value;
    log.tell(place, { code: "text_too_large", limit: mostInserted });
    return undefined;
  };
  return (scalar, rule) => {
    if (typeof scalar.value !== "string" || !hasTemplate(scalar.value)) return scalar;
    const parts = templateParts(scalar.value);
    const placeOf = placesOfTemplates(scalar);
    const texts = parts.map((part) => textOfPart(part, placeOf, rule));
    const value = texts.filter((text) => text !== undefined);
    if (value.length < texts.length) {
      return { kind: "broken", source: scalar.source, start: scalar.start, end: scalar.end };
    }
    return { ...scalar, value: value.join(""), computed: true, ...onlySecret(parts) };
  };
}

function onlySecret(parts: readonly TemplatePart[]): { readonly secret?: string } {
  const [only, ...others] = parts.filter((part) => part.kind !== "text" || part.text !== "");
  if (others.length > 0 || only?.kind !== "variable" || only.source !== "secrets") return {};
  return { secret: only.name };
}

/** Where the templates of a text stand in its file; where the text does when it is written with escapes. */
function placesOfTemplates(scalar: Scalar): (nth: number) => Place {
  const { source, start, end } = scalar;
  let openings: readonly number[] | undefined;
  return (nth) => {
    openings ??= openingsOf(source.text.slice(start, end));
    return { source, start: start + (openings[nth] ?? 0), end };
  };
}
