import { chooseEnvironment, isPattern } from "./choose-environment.ts";
import { usualKeyVariable } from "./declared-environments.ts";
import type { ProblemLog } from "./problem-log.ts";
import { type Mapping, type Member, memberOf, type Tree, textOf } from "./tree.ts";

/** What is different in the environment that was chosen. */
export type Overlay = {
  /** Whether a problem was reported instead: what the file says cannot be judged without its environment. */
  readonly isUnknown: boolean;
  /** Empty for a project without environments; under a pattern the name that was asked for. */
  readonly name: string;
  /** The agents are made to be deleted again. */
  readonly isEphemeral: boolean;
  /** The environment variable that holds the API key. */
  readonly apiKeyVariable: string;
  /** Name or id of the workspace that the key must belong to. */
  readonly workspace: string | undefined;
  /** Only commits that contain what was applied before may be applied. */
  readonly wantsAncestors: boolean;
  readonly vars: Tree | undefined;
  readonly defaults: Tree | undefined;
  readonly agents: ReadonlyMap<string, Member>;
};

/** The overlay of a project that has no environments, or of which none could be chosen. */
const noOverlay: Overlay = {
  isUnknown: false,
  name: "",
  isEphemeral: false,
  apiKeyVariable: usualKeyVariable,
  workspace: undefined,
  wantsAncestors: false,
  vars: undefined,
  defaults: undefined,
  agents: new Map(),
};

const unknownOverlay: Overlay = { ...noOverlay, isUnknown: true };

/** Whether one of the environments must be chosen, or all of them may be meant. */
export type EnvironmentRule = "needed" | "all_meant";

/**
 * The environment by the name that was asked for: the one that is called so, else the one pattern that matches. Reports
 * when there is none or several of them, and when there are some and none was asked for: whose agents these are must
 * never be a guess.
 */
export function chosenEnvironment(
  log: ProblemLog,
  written: Mapping,
  name: string | undefined,
  rule: EnvironmentRule = "needed",
): Overlay {
  const declared = written.members.get("environments");
  const environments: ReadonlyMap<string, Member> =
    declared?.value.kind === "map" ? declared.value.members : new Map();
  const known = [...environments.keys()];
  if (name === undefined) {
    if (rule === "needed" && declared !== undefined && known.length > 0) {
      log.report(declared.key, { code: "environment_missing", known });
      return unknownOverlay;
    }
    return noOverlay;
  }
  const range = declared?.key ?? written;
  const choice = chooseEnvironment(known, name);
  switch (choice.kind) {
    case "found": {
      const chosen = environments.get(choice.declared);
      return chosen === undefined ? noOverlay : overlayOf(log, written, name, chosen.value);
    }
    case "ambiguous":
      log.report(range, { code: "ambiguous_environment", name, patterns: choice.patterns });
      return unknownOverlay;
    case "unknown": {
      const exact = known.filter((each) => !isPattern(each));
      const suggestions = log.suggest(name, exact);
      log.report(range, { code: "unknown_environment", name, known, suggestions });
      return unknownOverlay;
    }
  }
}

function overlayOf(log: ProblemLog, written: Mapping, name: string, tree: Tree): Overlay {
  const keys = agentMembers(memberOf(written, "agents"));
  const agents = agentMembers(memberOf(tree, "agents"));
  for (const [key, { key: range }] of agents) {
    if (keys.has(key)) continue;
    const suggestions = log.suggest(key, keys.keys());
    log.report(range, { code: "unknown_agent", name: key, in: "environments", suggestions });
  }
  return {
    isUnknown: false,
    name,
    isEphemeral: isEphemeral(tree),
    apiKeyVariable: textOf(memberOf(tree, "api_key_env")) ?? usualKeyVariable,
    workspace: textOf(memberOf(tree, "workspace")),
    wantsAncestors: textOf(memberOf(tree, "history")) === "ancestors",
    vars: memberOf(tree, "vars"),
    defaults: memberOf(tree, "defaults"),
    agents,
  };
}

/** What is no flag is reported by the check of the file. */
function isEphemeral(environment: Tree): boolean {
  const flag = memberOf(environment, "ephemeral");
  return flag?.kind === "scalar" && flag.value === true;
}

function agentMembers(agents: Tree | undefined): ReadonlyMap<string, Member> {
  return agents?.kind === "map" ? agents.members : new Map();
}
