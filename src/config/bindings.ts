import type { BoundAgent, BoundProject } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import type { ConfigInput } from "./config.ts";
import {
  apiKeyVariables,
  type DeclaredEnvironment,
  declaredEnvironments,
} from "./declared-environments.ts";
import { declaredVariables } from "./declared-variables.ts";
import { desiredRenames } from "./desired-renames.ts";
import { chosenEnvironment, type EnvironmentRule, type Overlay } from "./environment.ts";
import { expansion } from "./expand.ts";
import * as schemas from "./generated/schemas.js";
import { declaredWords, type MaskTerms, namedSecrets } from "./mask-terms.ts";
import { mergeTrees } from "./merge-trees.ts";
import type { Problem } from "./problem.ts";
import { type ProblemLog, problemLog } from "./problem-log.ts";
import { projectFiles } from "./project-files.ts";
import { readMainAsFarAsPossible } from "./read-main.ts";
import { type Resolving, resolveMembers } from "./resolve.ts";
import { positionOf } from "./source-text.ts";
import { isNull, isUnset, type Mapping, type Member, memberOf, type Tree, textOf } from "./tree.ts";
import { validateTree } from "./validate-tree.ts";
import { variablesOf } from "./variables.ts";
import { bindingRows } from "./written-agent.ts";
import { gatherFiles } from "./written-files.ts";
import { aliasNamesIn } from "./written-names.ts";

/** What a configuration says about whose agents these are, and nothing of what defines them. */
export type Bindings = {
  readonly bound: BoundProject;
  /** The environment variable that holds the API key. */
  readonly apiKeyVariable: string;
  /** Name or id of the workspace that the key must belong to. */
  readonly workspace: string | undefined;
  /** The environments in agents.yaml, patterns among them. */
  readonly environments: readonly DeclaredEnvironment[];
  /** Names of aliases in the files, for suggestions. */
  readonly aliases: readonly string[];
  /** What could not be read and was passed over. */
  readonly skipped: readonly Problem[];
  /** Not every entry could be found: a key that is not among the agents may still be in the files. */
  readonly isPartlyRead: boolean;
};

/** Either way with what must not be shown of the files. */
export type BindingsResult = { readonly maskTerms: MaskTerms } & (
  | { readonly kind: "loaded"; readonly bindings: Bindings }
  /** Whose agents these are cannot be told. */
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
);

/**
 * Reads of a configuration only what commands need that define nothing. Whatever else is wrong with the files,
 * from an unset variable to a broken agent, is passed over: it must not stand in the way of a rollback.
 */
export function loadBindings(input: ConfigInput, rule: EnvironmentRule = "needed"): BindingsResult {
  const strict = problemLog();
  const lenient = problemLog();
  const files = projectFiles(input.sources, input.path, lenient.report);
  const main = readMainAsFarAsPossible(input, strict, lenient);
  files.openMain();
  const maskTermsOf = (written: Mapping | undefined): MaskTerms => ({
    secrets: namedSecrets(files.sources(), written, input.env),
    words: written === undefined ? [] : declaredWords(written, []),
  });
  if (main === undefined) {
    return {
      kind: "invalid",
      problems: strict.problems([input.path]),
      maskTerms: maskTermsOf(undefined),
    };
  }
  validateTree(strict, schemas.file, main.tree, isAboutOwner);
  const overlay = chosenEnvironment(
    aboutOwner(strict, lenient),
    main.tree,
    input.environment,
    rule,
  );
  const project = textOf(memberOf(main.tree, "project"));
  const wrong = strict.problems([input.path]);
  if (wrong.length > 0 || project === undefined) {
    return { kind: "invalid", problems: wrong, maskTerms: maskTermsOf(main.tree) };
  }
  const gathered = gatherFiles(files, main.tree, lenient);
  const seen = lenient.problems([]);
  const isPartlyRead = !main.isWhole || seen.some(hidesEntries);
  const declared = new Map([
    ...declaredVariables(memberOf(gathered, "vars")),
    ...declaredVariables(overlay.vars),
  ]);
  const resolving: Resolving = {
    files,
    expand: expansion(
      variablesOf(declared, input.env, input.vars, apiKeyVariables(gathered), overlay.name),
      lenient,
      "unset_refused",
    ),
    report: lenient.report,
    texts: new Map(),
    objects: new Map(),
  };
  const duplicates = new Set(seen.flatMap(duplicateName));
  const agents = boundAgents(resolving, lenient, gathered, overlay).map((agent) =>
    isAmbiguous(agent, duplicates) ? { ...agent, preventDestroy: "unknown" as const } : agent,
  );
  const renames = desiredRenames(lenient, gathered);
  return {
    kind: "loaded",
    bindings: {
      bound: {
        project,
        environment: overlay.name,
        isEphemeral: overlay.isEphemeral,
        agents: overlay.isEphemeral ? agents.map(unbound) : agents,
        renames,
      },
      apiKeyVariable: overlay.apiKeyVariable,
      workspace: overlay.workspace,
      environments: declaredEnvironments(main.tree),
      aliases: aliasNamesIn(gathered),
      skipped: lenient.problems(files.opened()),
      isPartlyRead,
    },
    maskTerms: maskTermsOf(gathered),
  };
}

/** Whether a path in agents.yaml leads to what says whose agents it is about: all else may be as it is. */
function isAboutOwner([name, , inner]: readonly string[]): boolean {
  if (name !== "environments") return name === "project";
  return inner === undefined || !["vars", "defaults", "agents"].includes(inner);
}

/** What an environment says of agents that are not there is no reason to doubt whose the others are. */
function aboutOwner(strict: ProblemLog, lenient: ProblemLog): ProblemLog {
  return {
    ...strict,
    report: (range, problem) =>
      (problem.code === "unknown_agent" ? lenient : strict).report(range, problem),
  };
}

/** Whether there may be entries that nobody has seen because of a problem. */
function hidesEntries({ code }: Problem): boolean {
  return code !== "unknown_key" && code !== "no_match";
}

function duplicateName(problem: Problem): readonly string[] {
  const { code } = problem;
  return code === "duplicate_key" || code === "duplicate_agent" ? [problem.name] : [];
}

/** Of what a file says twice, nobody knows which is meant. */
function isAmbiguous({ key }: BoundAgent, duplicates: ReadonlySet<string>): boolean {
  return [key, "lifecycle", "prevent_destroy"].some((name) => duplicates.has(name));
}

function boundAgents(
  resolving: Resolving,
  lenient: ProblemLog,
  gathered: Mapping,
  overlay: Overlay,
): readonly BoundAgent[] {
  const agents = memberOf(gathered, "agents");
  const members = agents?.kind === "map" ? [...agents.members] : [];
  const defaults = [memberOf(gathered, "defaults"), overlay.defaults];
  return members
    .map(([key, member]) => {
      const said = [...defaults, member.value, overlay.agents.get(key)?.value];
      const layers = said.filter((tree) => tree !== undefined && !isNull(tree));
      return boundAgent(resolving, lenient, key as AgentKey, member, layers as readonly Tree[]);
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function boundAgent(
  resolving: Resolving,
  lenient: ProblemLog,
  key: AgentKey,
  member: Member,
  layers: readonly Tree[],
): BoundAgent {
  const bare: Tree = { ...member.key, kind: "map", members: new Map() };
  const merged = layers
    .map((tree) => resolveMembers(resolving, bindingRows, onlyBinding(tree)))
    .reduce((under, over) => mergeTrees(bindingRows, under, over), bare);
  validateTree(lenient, schemas.agent, merged, isAboutBinding);
  const id = memberOf(merged, "id");
  const named = id === undefined || isUnset(id) ? undefined : textOf(id);
  return {
    key,
    ...(named !== undefined && named !== "" && { id: named as AgentId }),
    preventDestroy: layers.some(({ kind }) => kind !== "map")
      ? "unknown"
      : protectionIn(memberOf(merged, "lifecycle")),
    at: positionOf(member.key),
  };
}

/** In an ephemeral environment no key is bound to an agent, and none is protected. */
function unbound({ key, at }: BoundAgent): BoundAgent {
  return { key, at, preventDestroy: false };
}

function isAboutBinding([name]: readonly string[]): boolean {
  return bindingRows.some((row) => row.name === name);
}

/** Of what is said about an agent, what says whose it is. */
function onlyBinding(tree: Tree): Tree {
  if (tree.kind !== "map") return tree;
  const names = bindingRows.map(({ name }) => name);
  return { ...tree, members: new Map([...tree.members].filter(([name]) => names.includes(name))) };
}

function protectionIn(lifecycle: Tree | undefined): BoundAgent["preventDestroy"] {
  if (lifecycle === undefined) return false;
  if (lifecycle.kind !== "map") return "unknown";
  const flag = memberOf(lifecycle, "prevent_destroy");
  if (flag === undefined) return false;
  const value = flag.kind === "scalar" ? flag.value : undefined;
  return typeof value === "boolean" ? value : "unknown";
}
