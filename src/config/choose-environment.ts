/** Which of the environments of a file a name stands for. */
export type EnvironmentChoice =
  | { readonly kind: "found"; readonly declared: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "ambiguous"; readonly patterns: readonly string[] };

/** The environment of exactly that name, else the only pattern that matches it. */
export function chooseEnvironment(declared: readonly string[], name: string): EnvironmentChoice {
  if (declared.includes(name)) return { kind: "found", declared: name };
  const patterns = declared.filter((each) => isPattern(each) && matchesPattern(each, name));
  const [only] = patterns;
  if (only === undefined) return { kind: "unknown" };
  return patterns.length === 1
    ? { kind: "found", declared: only }
    : { kind: "ambiguous", patterns };
}

/** Whether the name of an environment in a file stands for many. */
export function isPattern(declared: string): boolean {
  return declared.includes("*");
}

/** Whether a name is one of those that a pattern stands for: `*` is one character or more. */
function matchesPattern(pattern: string, name: string): boolean {
  // Several stars in a row would take a regular expression a long time.
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  const last = rest.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let from = first.length + 1;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length + 1;
  }
  return from <= end;
}
