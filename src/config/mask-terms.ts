import type { DesiredAgent } from "../agent/definition.ts";
import type { SecretText } from "../agent/secret-text.ts";
import { apiKeyVariables } from "./declared-environments.ts";
import type { SourceText } from "./source-text.ts";
import { itemsOf, type Mapping, memberOf, type Tree, textOf } from "./tree.ts";

/** What must not be shown of a configuration, and words of it that stay readable even where a secret is one. */
export type MaskTerms = {
  readonly secrets: readonly SecretText[];
  /** Keys, aliases, models, and the names of project and environments. */
  readonly words: readonly string[];
};

/**
 * The secrets that files name, whether they are used or not, and whatever else is wrong with the files: API keys of all
 * environments and every `secrets.NAME`.
 */
export function namedSecrets(
  sources: readonly SourceText[],
  written: Mapping | undefined,
  env: (name: string) => string | undefined,
): readonly SecretText[] {
  const names = new Set([
    ...(written === undefined ? ["MISTRAL_API_KEY"] : apiKeyVariables(written)),
    ...sources.flatMap(({ text }) => mentionedIn(text)),
  ]);
  return [...names].flatMap((variable): SecretText[] => {
    const text = env(variable);
    return text === undefined ? [] : [{ variable, text }];
  });
}

/** Also of files that cannot be parsed, so it may find more than there is. */
function mentionedIn(text: string): readonly string[] {
  if (!text.includes("secrets.") && !text.includes("api_key_env")) return [];
  const mentions = text.matchAll(
    /(?:\bsecrets\.|\bapi_key_env["']?[ \t]*:[ \t]*["']?)([A-Za-z_]\w*)/g,
  );
  return [...mentions].map(([, name = ""]) => name);
}

/** The words that a configuration gives to things; with agents as they are all filled in, where they could be. */
export function declaredWords(
  written: Mapping,
  agents: readonly DesiredAgent[],
): readonly string[] {
  const environments = membersIn(memberOf(written, "environments"));
  const layers = [written, ...environments.map(([, tree]) => tree)];
  const members = layers.flatMap((layer) => membersIn(memberOf(layer, "agents")));
  const trees = [
    ...members.map(([, tree]) => tree),
    ...layers.map((layer) => memberOf(layer, "defaults")),
  ];
  const names = [memberOf(written, "project"), ...trees.map((tree) => memberOf(tree, "model"))];
  return [
    ...names.flatMap((tree) => textOf(tree) ?? []),
    ...[...environments, ...members].map(([name]) => name),
    ...trees.flatMap((tree) => aliasesIn(memberOf(tree, "aliases"))),
    ...agents.map(({ definition }) => definition.model),
  ];
}

function membersIn(tree: Tree | undefined): readonly (readonly [string, Tree])[] {
  return tree?.kind === "map" ? [...tree.members].map(([name, { value }]) => [name, value]) : [];
}

function aliasesIn(tree: Tree | undefined): readonly string[] {
  return [
    ...membersIn(tree).map(([name]) => name),
    ...itemsOf(tree).flatMap((item) => textOf(item) ?? []),
  ];
}
