import { agentKeyPattern, aliasPattern } from "../agent/identity.ts";
import { projectFiles } from "./project-files.ts";
import type { Sources } from "./sources.ts";
import { itemsOf, type Mapping, memberOf, type Tree, textOf } from "./tree.ts";
import { troubleLog } from "./trouble-log.ts";
import { readWrittenFiles } from "./written-files.ts";

/** The names that a configuration writes, each once, sorted. */
export type WrittenNames = {
  readonly keys: readonly string[];
  readonly aliases: readonly string[];
};

/**
 * The names in a configuration, as far as it can be read, for completing what a person types. Nothing else about it
 * has to be right, and nothing is told; what could not be a name is left out, so all of them are harmless in a shell.
 */
export function writtenNames(path: string, sources: Sources): WrittenNames {
  const log = troubleLog();
  const written = readWrittenFiles(projectFiles(sources, path, log.tell), log);
  if (written === undefined) return { keys: [], aliases: [] };
  const agents = membersOf(memberOf(written, "agents"));
  const trees = [memberOf(written, "defaults"), ...agents.map(([, tree]) => tree)];
  return {
    keys: namesLike(
      agentKeyPattern,
      agents.map(([key]) => key),
    ),
    aliases: namesLike(
      aliasPattern,
      trees.flatMap((tree) => aliasesOf(memberOf(tree, "aliases"))),
    ),
  };
}

function aliasesOf(aliases: Tree | undefined): readonly string[] {
  const listed = itemsOf(aliases).flatMap((item) => textOf(item) ?? []);
  return [...listed, ...membersOf(aliases).map(([name]) => name)];
}

function membersOf(tree: Mapping | Tree | undefined): readonly (readonly [string, Tree])[] {
  if (tree?.kind !== "map") return [];
  return [...tree.members].map(([name, { value }]) => [name, value]);
}

function namesLike(pattern: string, names: readonly string[]): readonly string[] {
  const form = new RegExp(pattern);
  return [...new Set(names)].filter((name) => form.test(name)).sort();
}
