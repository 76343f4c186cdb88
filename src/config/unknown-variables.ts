import type { ProjectFiles } from "./project-files.ts";
import { boundedSuggest } from "./suggest.ts";
import { type Mapping, memberOf, type Tree } from "./tree.ts";

/** A name that nothing knows, with those that were probably meant. */
export type UnknownName = { readonly name: string; readonly suggestions: readonly string[] };

/**
 * Of some names of variables those that no file declares, in whatever environment, and none uses. `used` are the
 * names that were asked for; one that only another environment uses stands in a text all the same.
 */
export function unknownNames(
  written: Mapping,
  files: ProjectFiles,
  used: ReadonlySet<string>,
  names: readonly string[],
): readonly UnknownName[] {
  const declared = declaredNames(written);
  const missing = names.filter((name) => !declared.has(name) && !used.has(name));
  if (missing.length === 0) return [];
  const mentioned = new Set(files.sources().flatMap(({ text }) => namesIn(text)));
  const suggest = boundedSuggest();
  const known = new Set([...declared, ...used, ...mentioned]);
  return missing
    .filter((name) => !mentioned.has(name))
    .map((name) => ({ name, suggestions: suggest(name, known) }));
}

function declaredNames(written: Mapping): ReadonlySet<string> {
  const environments = memberOf(written, "environments");
  const trees: readonly Tree[] =
    environments?.kind === "map"
      ? [...environments.members.values()].map(({ value }) => value)
      : [];
  return new Set([written, ...trees].flatMap((tree) => membersOf(memberOf(tree, "vars"))));
}

function membersOf(tree: Tree | undefined): readonly string[] {
  return tree?.kind === "map" ? [...tree.members.keys()] : [];
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{\{[ \t]*vars\.([A-Za-z_][A-Za-z0-9_]*)/g)].map(
    ([, name = ""]) => name,
  );
}
