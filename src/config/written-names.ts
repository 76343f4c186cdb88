import { agentKeyPattern, aliasPattern } from "../agent/identity.ts";
import { problemLog } from "./problem-log.ts";
import { projectFiles } from "./project-files.ts";
import type { Sources } from "./sources.ts";
import { itemsOf, memberOf, type Tree, textOf } from "./tree.ts";
import { readWrittenFiles } from "./written-files.ts";

/** The names that a configuration writes, each once, sorted. */
export type WrittenNames = {
  readonly keys: readonly string[];
  readonly aliases: readonly string[];
  readonly environments: readonly string[];
};

/**
 * The names in a configuration, as far as it can be read, for completing what a person types. Nothing else about it
 * has to be right, and nothing is reported; what could not be a name is left out, so all of them are harmless in a shell.
 */
export function writtenNames(path: string, sources: Sources): WrittenNames {
  const log = problemLog();
  const written = readWrittenFiles(projectFiles(sources, path, log.report), log);
  const environments = membersOf(memberOf(written, "environments"));
  const agents = membersOf(memberOf(written, "agents"));
  return {
    keys: namesLike(agentKeyPattern, namesOf(agents)),
    aliases: aliasNamesIn(written),
    environments: namesLike(agentKeyPattern, namesOf(environments)),
  };
}

/** The names of aliases that files write, in whatever environment, each once, sorted. */
export function aliasNamesIn(written: Tree | undefined): readonly string[] {
  const environments = treesOf(membersOf(memberOf(written, "environments")));
  return namesLike(aliasPattern, [written, ...environments].flatMap(aliasesIn));
}

/** The aliases of all agents and of what is put under all of them, in the file or in an environment. */
function aliasesIn(tree: Tree | undefined): readonly string[] {
  const agents = treesOf(membersOf(memberOf(tree, "agents")));
  return [memberOf(tree, "defaults"), ...agents].flatMap((agent) =>
    aliasesOf(memberOf(agent, "aliases")),
  );
}

function aliasesOf(aliases: Tree | undefined): readonly string[] {
  const listed = itemsOf(aliases).flatMap((item) => textOf(item) ?? []);
  return [...listed, ...namesOf(membersOf(aliases))];
}

type Members = readonly (readonly [string, Tree])[];

function namesOf(members: Members): readonly string[] {
  return members.map(([name]) => name);
}

function treesOf(members: Members): readonly Tree[] {
  return members.map(([, tree]) => tree);
}

function membersOf(tree: Tree | undefined): Members {
  if (tree?.kind !== "map") return [];
  return [...tree.members].map(([name, { value }]) => [name, value]);
}

function namesLike(pattern: string, names: readonly string[]): readonly string[] {
  const form = new RegExp(pattern);
  return [...new Set(names)].filter((name) => form.test(name)).sort();
}
