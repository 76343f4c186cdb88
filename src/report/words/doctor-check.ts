import type { DoctorCheck } from "../../commands/doctor-check.ts";
import { counted, truncated } from "../safe/truncate.ts";
import { apiFailureHint, apiFailureText } from "./api-failure.ts";
import { checkoutProblemText } from "./checkout-note.ts";
import { connectionAdvice } from "./connection-advice.ts";
import { modelNoteText } from "./model-note.ts";
import { positionText } from "./position.ts";
import { problemText } from "./problem.ts";
import { weakSecretText } from "./weak-secret.ts";

/** The result of a check, and the advice if something should be done. */
export type DoctorCheckText = { readonly message: string; readonly advice?: string };

type Wordings = {
  readonly [Kind in DoctorCheck["kind"]]: (
    finding: Extract<DoctorCheck, { kind: Kind }>,
  ) => DoctorCheckText;
};

const wordings: Wordings = {
  tool: ({ version, node }) => ({ message: `agentvane ${version} on Node ${node}` }),
  node_too_old: ({ node, least }) => ({
    message: `Node ${node} is too old: agentvane needs ${least} or later`,
    advice: `Install Node ${least} or later.`,
  }),
  config_valid: ({ file, project, environment, agents }) => ({
    message: `${file} is valid: project ${project}${environment === "" ? "" : `, environment ${environment}`}, ${counted(agents, "agent")}`,
  }),
  config_missing: ({ file }) => ({
    message: `${file} does not exist`,
    advice: "Write a first one with `agentvane init`, or name another one with --file.",
  }),
  config_unusable: ({ file, problems }) => {
    const [first] = problems;
    const example =
      first === undefined ? "" : `, ${positionText(first.at)}: ${problemText(first).message}`;
    return {
      message: `${file} cannot be used: ${counted(problems.length, "problem")}${truncated(example, 300)}`,
      advice: "`agentvane validate` shows all of it.",
    };
  },
  checkout_whole: ({ commit }) => ({
    message: `git checkout at ${commit.slice(0, 12)}, with its full history`,
  }),
  checkout_shallow: ({ commit }) => ({
    message: `git checkout at ${commit.slice(0, 12)}, without its full history`,
    advice:
      "An apply may not be able to tell whether a newer commit was applied: git fetch --unshallow (fetch-depth: 0 in CI).",
  }),
  checkout_unusable: ({ problem }) => {
    const { message, fix } = checkoutProblemText(problem);
    return { message, advice: fix };
  },
  checkout_none: () => ({
    message: "this is not a git checkout",
    advice:
      "Versions will not name a commit, and an apply cannot tell whether a newer one was applied.",
  }),
  local_data_safe: () => ({ message: "the data of --local cannot be committed by mistake" }),
  local_data_exposed: () => ({
    message: "git does not ignore .agentvane, where --local keeps its data",
    advice:
      "Add .agentvane/ to .gitignore, and remove what is committed: git rm -r --cached .agentvane",
  }),
  key_set: ({ variable }) => ({ message: `${variable} is set` }),
  key_missing: ({ variable }) => ({
    message: `skipped the server: ${variable} is not set`,
    advice: `Set it to your API key: export ${variable}=… Or try --local, which needs none.`,
  }),
  key_unneeded: () => ({ message: "no key is needed with --local" }),
  key_unknown: () => ({
    message: "skipped the server: with environments, the API key variable depends on --env",
    advice: "Choose an environment with --env.",
  }),
  secret_weak: weakSecretText,
  proxy_none: () => ({ message: "no proxy between this machine and the server" }),
  proxy_used: ({ variable, host }) => ({
    message: `requests to the server go through the proxy in ${variable}: ${host}`,
  }),
  proxy_excepted: ({ variable }) => ({
    message: `the proxy in ${variable} is not used for this server`,
  }),
  server_fit: ({ server, listing }) => ({
    message: `${server === "local" ? "the built-in emulator answers" : `${server} answers and accepts the key`}; ${listings[listing]}`,
  }),
  server_unreached: ({ server, failure, proxy, extraCertificates }) => ({
    message: `${server} was not reached: ${apiFailureText(failure)}`,
    advice: connectionAdvice(failure.reason, proxy, extraCertificates),
  }),
  key_refused: ({ server, failure }) => ({
    message: `${server} does not accept the key: ${apiFailureText(failure)}`,
    advice: "Check that the key is complete, belongs to this server and was not revoked.",
  }),
  agents_unlisted: ({ failure }) => ({
    message: `agents cannot be listed: ${apiFailureText(failure)}`,
    advice: apiFailureHint(failure.kind),
  }),
  clock_right: () => ({ message: "this machine's clock agrees with the server's" }),
  clock_off: ({ aheadMs }) => ({
    message: `this machine's clock is ${durationText(Math.abs(aheadMs))} ${aheadMs > 0 ? "ahead of" : "behind"} the server's`,
    advice: "agentvane does not depend on it, but people who compare times do.",
  }),
  clock_untold: () => ({ message: "the server does not send its time" }),
  agents_listed: ({ visible, own }) => ({
    message: `agents can be listed: ${visible}${own === undefined ? "" : `, ${own} of this project`}`,
  }),
  workspace_known: ({ workspace, organization }) => ({
    message: `the key belongs to workspace "${workspace.name}" (${workspace.id})${organization === undefined ? "" : ` of ${organization.name}`}`,
  }),
  workspace_other: ({ workspace, expected }) => ({
    message: `the key belongs to workspace "${workspace.name}" (${workspace.id}), not "${expected}"`,
    advice: "Use a key of that workspace, or correct `workspace` in agents.yaml.",
  }),
  workspace_untold: ({ expected }) => ({
    message: `the server does not say which workspace the key belongs to${expected === undefined ? "" : `; agents.yaml expects "${expected}"`}`,
  }),
  aliases_listed: () => ({ message: "aliases can be listed" }),
  aliases_unasked: () => ({ message: "aliases were not listed, because there are no agents yet" }),
  aliases_unlisted: ({ failure }) => ({
    message: `aliases cannot be listed: ${apiFailureText(failure)}`,
    advice: apiFailureHint(failure.kind),
  }),
  models_listed: ({ count }) => ({ message: `${counted(count, "model")} can be listed` }),
  model_noted: ({ note }) => ({
    message: modelNoteText(note),
    advice:
      "Choose another model in agents.yaml; `agentvane plan --fail-on-deprecated 30d` refuses one that retires soon.",
  }),
  models_unlisted: ({ failure }) => ({
    message: `models cannot be listed: ${apiFailureText(failure)}`,
    advice: "Plans will not say when a model is unknown; nothing else depends on it.",
  }),
};

/** The text of a check. */
export function doctorCheckText(finding: DoctorCheck): DoctorCheckText {
  const word = wordings[finding.kind] as (each: DoctorCheck) => DoctorCheckText;
  return word(finding);
}

const listings = {
  tokens: "it lists agents page by page",
  numbers: "it has no /v1/agents/pages and lists agents by page number",
} as const;

function durationText(ms: number): string {
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ] as const;
  const [noun, size] = units.find(([, each]) => ms >= 2 * each) ?? ["second", 1_000];
  return counted(Math.round(ms / size), noun);
}
