import type { Version } from "../../agent/identity.ts";
import type { CallingAgent, Refusal, Suspect } from "../../plan/refusal.ts";
import { shellCommand } from "../safe/shell-command.ts";
import { counted, listed } from "../safe/truncate.ts";
import { didYouMean } from "./did-you-mean.ts";
import { deprecationText } from "./model-note.ts";

/** Why a plan is refused, and what to do. */
export type RefusalText = { readonly message: string; readonly hint: string };

type Wordings = {
  readonly [Kind in Refusal["kind"]]: (refusal: Extract<Refusal, { kind: Kind }>) => RefusalText;
};

const wordings: Wordings = {
  unknown_id: ({ key, id }) =>
    key === undefined
      ? {
          message: `agent ${id} does not exist, or this API key cannot see it`,
          hint: "Correct the id, or use --all.",
        }
      : {
          message: `${key} is bound to ${id}, which does not exist or is not visible to this API key`,
          hint: "Correct the id, or remove the line to create a new agent.",
        },
  never_bound: ({ id, environment }) => ({
    message: `${id} does not belong to environment ${environment}, which is ephemeral and uses no \`id\``,
    hint: "Import it into another environment, or without one; the next apply then makes its copy here.",
  }),
  managed_already: ({ id }) => ({
    message: `${id} is already in the file`,
    hint: "`agentvane show` shows its key.",
  }),
  owned_elsewhere: ({ key, id, owner }) => ({
    message: `${key === undefined ? id : `${key} is bound to ${id}, which`} is agent ${owner.key} of project ${owner.project}${inEnvironment(owner.environment)}`,
    hint: "An agent has one owner: bind another one, or manage it only over there.",
  }),
  second_owner: ({ key, id, others }) => ({
    message: `${key} is bound to ${id}, but ${idsOf(others)} ${others.length === 1 ? "has" : "have"} its owner tags`,
    hint: "Bind the agent that has the tags, or delete it, then plan again.",
  }),
  duplicate_owner: ({ key, suspects }) => ({
    message: `${counted(suspects.length, "agent")} have the owner tags of ${key}: one is a copy, or two applies ran at once`,
    hint: `Delete the one that is too many, then plan again. ${whichIsOurs(suspects)}`,
  }),
  name_taken: ({ key, name, suspects }) => ({
    message: `an agent called "${name}" exists without an owner; ${key} would be a second one`,
    hint: `To take it over, write \`id: ${idsOf(suspects)}\` under ${key}. To have both, use --allow-duplicate-names.`,
  }),
  tags_lost: ({ key, suspects }) => ({
    message: `${key} had an agent until its owner tags were removed, by an edit outside or by forget: ${idsOf(suspects)}`,
    hint: `To take it back, write \`id: ${idsOf(suspects)}\` under ${key}. To leave it, remove ${key} from the file.`,
  }),
  other_environment_form: ({ key, id, project, heldAs, environment, chosen }) => ({
    message: `${key} exists as ${id} ${environment === "" ? "without an environment" : `in environment ${environment}`}, and would be created a second time`,
    hint: `To take it over, run \`${shellCommand(["agentvane", "forget", heldAs, "--project", project, ...(environment === "" ? [] : ["--env", environment])])}\`, then write \`id: ${id}\` under ${chosen === "" ? "" : `environments.${chosen}.agents.`}${key}.`,
  }),
  unknown_version: ({ key, alias, version, versions }) => ({
    message: `alias ${alias} of ${key} should point to version ${version}, which the agent does not have`,
    hint: `It has ${versionsText(versions)}. To follow the file, write \`latest\`.`,
  }),
  unknown_library: ({ key, library, known, ambiguous }) => ({
    message: ambiguous
      ? `${key} uses the library "${library}", and several libraries have this name`
      : `${key} uses the library "${library}", which this API key cannot see`,
    hint: ambiguous
      ? "Name it by its id, in library_ids."
      : known.length === 0
        ? "It sees no libraries."
        : `It sees: ${listed(known)}.`,
  }),
  looks_renamed: ({ key, from, id }) => ({
    message: `${key} would be created, but it looks like ${from} (${id}), which was removed from the file`,
    hint: `If the key was renamed, add \`moved: [{ from: ${from}, to: ${key} }]\`. If not, first \`agentvane destroy --only ${from}\` or \`agentvane forget ${from}\`.`,
  }),
  no_secret: ({ key }) => ({
    message: `--resend-secrets names ${key}, which has no secret`,
    hint: "Name only agents with an authorization.",
  }),
  secret_unset: ({ key, variables }) => ({
    message: `${key} is written with secrets that are not set: ${listed(variables, 20)}`,
    hint: `Set the environment variable${variables.length === 1 ? "" : "s"} and apply again.`,
  }),
  renamed_back: ({ key, from, id, version, newest }) => ({
    message: `${key} is ${id}, whose default version was switched to ${version}, from before it was renamed from ${from}`,
    hint: `To plan for it, add \`moved: [{ from: ${from}, to: ${key} }]\`; to undo the switch, make version ${newest} the default.`,
  }),
  unknown_alias: ({ alias, key, known }) => ({
    message:
      key === undefined
        ? `no agent of this project has the alias ${alias}`
        : `${key} has no alias ${alias}`,
    hint:
      key === undefined && known.includes(alias)
        ? "It is written in agents.yaml: `agentvane apply` sets it."
        : (didYouMean(alias, known) ?? "`agentvane show` lists agents and aliases."),
  }),
  alias_is_environment: ({ alias, environments }) => ({
    message: `no agent has the alias ${alias}; ${alias} is an environment of agents.yaml`,
    hint: `Environments have agents of their own. To release the file in another one, use \`agentvane apply --env ${environments.find((each) => each !== alias) ?? alias}\`. To move an alias, name two aliases of one environment.`,
  }),
  same_variable: ({ name, keys }) => ({
    message: `the keys ${listed(keys)} would share the variable name ${name}`,
    hint: "Name the keys you need, such as `agentvane output KEY`, or use --format json.",
  }),
  unwritable_name: ({ key, id }) => ({
    message: `the key ${key} or its id ${id} has characters that no variable can have`,
    hint: "The owner tags of this agent were edited outside agentvane. Use --format json, or fix the tags.",
  }),
  foreign_version: ({ key, alias, version }) => ({
    message: `${alias} of ${key} points to version ${version}, which agentvane did not write, or which was edited since`,
    hint: "It was never verified. Apply first, or allow it with --allow-foreign.",
  }),
  nothing_before: ({ alias }) => ({
    message: `the previous version of ${alias} is unknown`,
    hint: "Name a version: --to N --only KEY, or a commit: --to-commit SHA. `agentvane history KEY` lists them.",
  }),
  unknown_commit: ({ alias, commit }) => ({
    message: `no version under ${alias} comes from commit ${commit} or an ancestor of it, with all files committed`,
    hint: "`agentvane history KEY` lists the commits of an agent's versions. To take one that is marked -dirty, use --to N --only KEY.",
  }),
  ambiguous_commit: ({ commit, named }) => ({
    message: `${counted(named.length, "commit")} begin with ${commit}: ${listed(named)}`,
    hint: "Add more characters of the commit that you mean.",
  }),
  unknown_key: ({ flag, key, known }) => ({
    message: `--${flag} names ${key}, which is not an agent of this project`,
    hint:
      didYouMean(key, known) ??
      (known.length === 0 ? "There are none." : `There are: ${listed(known)}.`),
  }),
  needs_create: ({ key, needs }) => ({
    message: `${key} hands off to ${listed(needs)}, not created yet and left out by --only`,
    hint: `Add ${needs.map((each) => `--only ${each}`).join(" ")}, or leave --only out.`,
  }),
  protection_unknown: ({ key, id }) => ({
    message: `${key} (${id}) would be deleted, but the file that may protect it cannot be read`,
    hint: "`agentvane validate` shows why. Fix the file, or name the project with --project, which reads no file.",
  }),
  protected: ({ key, id }) => ({
    message: `${key} (${id}) would be deleted, but it is protected`,
    hint: "Apply it without prevent_destroy first; then it can be deleted.",
  }),
  still_used: ({ key, id, by }) => ({
    message: `${key} (${id}) would be deleted, but ${listed(by.map(callerText), 5)} ${by.length === 1 ? "hands" : "hand"} off to it`,
    hint: "Remove the handoff first, and move the aliases that point to such a version.",
  }),
  empty_configuration: ({ deletions }) => ({
    message: `the configuration has no agents: this would delete the whole project, ${counted(deletions, "agent")}`,
    hint: "If that is meant, add --allow-empty.",
  }),
  model_retires: ({ model, keys, date, replacement }) => ({
    message:
      date === undefined
        ? `the model ${model} of ${listed(keys)} is archived, or deprecated without a date`
        : `the model ${model} of ${listed(keys)} is deprecated${deprecationText({ date, replacement: undefined })}`,
    hint: `Use ${replacement ?? "another model"}, or give --fail-on-deprecated a shorter time.`,
  }),
  too_many_deletions: ({ count, limit }) => ({
    message: `${counted(count, "agent")} would be deleted; the limit is ${limit}`,
    hint: `If that is meant, use --max-deletes ${count}.`,
  }),
  too_many_agents: ({ count, limit }) => ({
    message: `the environment would have ${counted(count, "agent")}; the limit is ${limit}`,
    hint: `If that is meant, use --max-agents ${count}.`,
  }),
  too_many_updates: ({ count, limit }) => ({
    message: `${counted(count, "agent")} would be updated; the limit is ${limit}`,
    hint: `If that is meant, use --max-updates ${count}.`,
  }),
};

/** The text of a refusal. */
export function refusalText(refusal: Refusal): RefusalText {
  const word = wordings[refusal.kind] as (each: Refusal) => RefusalText;
  return word(refusal);
}

/** The agents that a refusal names. */
export function refusalSuspects(refusal: Refusal): readonly Suspect[] {
  if ("suspects" in refusal) return refusal.suspects;
  return "others" in refusal ? refusal.others : [];
}

/** An agent that a refusal names, with what identifies it in the console. */
export function suspectText({ id, name, createdAt, provesItself }: Suspect): string {
  const ours = provesItself ? ", as agentvane wrote it" : "";
  return `${id}  "${name}", created ${createdAt}${ours}`;
}

function whichIsOurs(suspects: readonly Suspect[]): string {
  const proven = suspects.filter(({ provesItself }) => provesItself);
  const [only] = proven;
  if (only !== undefined && proven.length === 1) return `${only.id} is as agentvane wrote it.`;
  return `${suspects[0]?.id} is the oldest.`;
}

function idsOf(suspects: readonly Suspect[]): string {
  return listed(suspects.map(({ id }) => id));
}

function callerText({ name, version }: CallingAgent): string {
  return `"${name}" (version ${version ?? "to be built"})`;
}

function inEnvironment(environment: string): string {
  return environment === "" ? "" : `, environment ${environment}`;
}

/** Sorted version numbers with ranges: `0 to 4, 7`. */
function versionsText(versions: readonly Version[]): string {
  const runs: { first: Version; last: Version }[] = [];
  for (const version of versions) {
    const run = runs.at(-1);
    if (run !== undefined && version === run.last + 1) run.last = version;
    else runs.push({ first: version, last: version });
  }
  const texts = runs.map(({ first, last }) =>
    first === last ? `${first}` : `${first} to ${last}`,
  );
  return texts.length === 0 ? "no version yet" : `versions ${listed(texts)}`;
}
