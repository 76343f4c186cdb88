import type { DesiredProject } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { RevealSecret } from "../agent/ports.ts";
import type { SecretText } from "../agent/secret-text.ts";
import { apiKeyVariables, environmentNames } from "./declared-environments.ts";
import { declaredVariables } from "./declared-variables.ts";
import { desiredAgents, filledAgents } from "./desired-agents.ts";
import { desiredChecks } from "./desired-checks.ts";
import { desiredGates } from "./desired-gates.ts";
import { desiredRenames } from "./desired-renames.ts";
import { chosenEnvironment, type Overlay } from "./environment.ts";
import { ephemeralAgent, type NameRule } from "./ephemeral-agent.ts";
import { expansion, type UnsetRule } from "./expand.ts";
import * as schemas from "./generated/schemas.js";
import { type FilledAgent, lintAgents } from "./lint.ts";
import { declaredWords, type MaskTerms, namedSecrets } from "./mask-terms.ts";
import type { Problem } from "./problem.ts";
import { type ProblemLog, problemLog, type ReportProblem } from "./problem-log.ts";
import { type ProjectFiles, projectFiles } from "./project-files.ts";
import { secretStore } from "./secret-store.ts";
import type { Sources } from "./sources.ts";
import { type Mapping, memberOf, textOf } from "./tree.ts";
import { type UnknownName, unknownNames } from "./unknown-variables.ts";
import { validateTree } from "./validate-tree.ts";
import { overrideOf, variablesOf } from "./variables.ts";
import { readWrittenFiles } from "./written-files.ts";

/** What a configuration is loaded from. */
export type ConfigInput = {
  /** agents.yaml as shown to people. */
  readonly path: string;
  readonly sources: Sources;
  /** Environment variables; an empty one counts as unset. */
  readonly env: (name: string) => string | undefined;
  /** `--var`. Names that agents.yaml does not declare are fine where something uses them. */
  readonly vars: ReadonlyMap<string, string>;
  /** The names for which there is an AGENTVANE_VAR_ variable. */
  readonly overridden?: readonly string[];
  /** `--env` or AGENTVANE_ENV. */
  readonly environment?: string;
  /** Whether `${{ env.X }}` may stay open, for what only checks or draws; refused when left out. */
  readonly unsetRule?: UnsetRule;
};

/** A configuration without problems. */
export type LoadedConfig = {
  /** Agents sorted by key and moves by old key, so that the order of files and keys says nothing. */
  readonly desired: DesiredProject;
  /** The environment variable that holds the API key. */
  readonly apiKeyVariable: string;
  /** Name or id of the workspace that the key must belong to. */
  readonly workspace: string | undefined;
  /** Only commits that contain what was applied before may be applied. */
  readonly wantsAncestors: boolean;
  readonly reveal: RevealSecret;
  /** Environment variables that stayed open under `unset_allowed`, sorted. */
  readonly unsetEnv: readonly string[];
  /** `--var` names that nothing declares or uses, in whatever environment. */
  readonly unknownVars: readonly UnknownName[];
  /** What is allowed and most likely a mistake. */
  readonly lints: readonly Problem[];
  /** Every file that was read, as shown to people, agents.yaml first. */
  readonly files: readonly string[];
};

/** A configuration, or why there is none. */
export type ConfigResult = (
  | { readonly kind: "loaded"; readonly config: LoadedConfig }
  /** All problems, by file in the order of reading, then line and column. */
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] }
) & {
  /** The environments that the file declares. */
  readonly environments: readonly string[];
  /** What must not be shown of it, also where it cannot be used. */
  readonly maskTerms: MaskTerms;
};

/** Reads a configuration. Never throws: whatever is in the files, the result is agents or problems. */
export function loadConfig(input: ConfigInput): ConfigResult {
  const log = problemLog();
  const files = projectFiles(input.sources, input.path, log.report);
  const written = readWrittenFiles(files, log);
  const loaded = written === undefined ? undefined : load(input, files, written, log);
  const problems = log.problems(files.opened());
  const environments = environmentNames(written);
  const agents = loaded?.config?.desired.agents ?? [];
  const maskTerms = {
    secrets: [...namedSecrets(files.sources(), written, input.env), ...(loaded?.secrets ?? [])],
    words: written === undefined ? [] : declaredWords(written, agents),
  };
  return loaded?.config === undefined || problems.length > 0
    ? { kind: "invalid", problems, environments, maskTerms }
    : { kind: "loaded", config: loaded.config, environments, maskTerms };
}

/** A configuration, undefined where it lacks its project; and the secrets that were put together for it. */
type Loaded = {
  readonly config: LoadedConfig | undefined;
  readonly secrets: readonly SecretText[];
};

function load(input: ConfigInput, files: ProjectFiles, written: Mapping, log: ProblemLog): Loaded {
  validateTree(log, schemas.file, written);
  const overlay = chosenEnvironment(log, written, input.environment || undefined);
  if (overlay.isUnknown) return { config: undefined, secrets: [] };
  const store = secretStore();
  const declared = new Map([
    ...declaredVariables(memberOf(written, "vars")),
    ...declaredVariables(overlay.vars),
  ]);
  const variables = variablesOf(
    declared,
    input.env,
    input.vars,
    apiKeyVariables(written),
    overlay.name,
  );
  const resolving = {
    files,
    expand: expansion(variables, log, input.unsetRule ?? "unset_refused"),
    report: log.report,
    texts: new Map(),
    objects: new Map(),
  };
  const filled = filledAgents(resolving, log, written, overlay);
  const agents = desiredAgents(store, filled).map((agent) =>
    overlay.isEphemeral ? ephemeralAgent(agent, overlay.name, nameRule(overlay, agent.key)) : agent,
  );
  const renames = desiredRenames(log, written);
  const gates = desiredGates(log, resolving.expand, written);
  const checks = desiredChecks(log, resolving, written, agents);
  const project = textOf(memberOf(written, "project"));
  const secrets = store.texts();
  if (project === undefined) return { config: undefined, secrets };
  const config = {
    desired: {
      project,
      environment: overlay.name,
      isEphemeral: overlay.isEphemeral,
      agents,
      renames,
      gates,
      checks,
      unsetSecrets: store.unset(),
    },
    apiKeyVariable: overlay.apiKeyVariable,
    workspace: overlay.workspace,
    wantsAncestors: overlay.wantsAncestors,
    reveal: store.reveal,
    unsetEnv: variables.unsetEnv(),
    unknownVars: unknownNames(written, files, variables.usedVars(), [...input.vars.keys()]),
    lints: lintsOf(filled, files, (report) => {
      const overriding = (input.overridden ?? []).filter((name) => input.env(overrideOf(name)));
      const unknown = unknownNames(written, files, variables.usedVars(), overriding);
      for (const { name, suggestions } of unknown) {
        const range = written.members.get("vars")?.key ?? { ...written, end: written.start };
        report(range, {
          code: "variable_unused",
          name: overrideOf(name),
          suggestions: suggestions.map(overrideOf),
        });
      }
    }),
    files: files.opened(),
  };
  return { config, secrets };
}

/** A name that an environment gives is the one that is wanted there. */
function nameRule({ agents }: Overlay, key: AgentKey): NameRule {
  const said = agents.get(key)?.value;
  return memberOf(said, "name") === undefined ? "suffixed" : "as_written";
}

function lintsOf(
  filled: readonly FilledAgent[],
  files: ProjectFiles,
  more: (report: ReportProblem) => void,
): readonly Problem[] {
  const log = problemLog();
  more(log.report);
  lintAgents(log.report, filled);
  return log.problems(files.opened());
}
