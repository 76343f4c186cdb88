import type { RunEvent } from "../../commands/event.ts";
import { shellCommand } from "../safe/shell-command.ts";
import { counted, listed } from "../safe/truncate.ts";
import { styled } from "../words/line.ts";
import { renderedText } from "../words/rendered.ts";
import { weakSecretText } from "../words/weak-secret.ts";
import { error, type Message, progress, result } from "./message.ts";
import { problemLines } from "./problems.ts";

/** The events that are about a configuration and no server. */
type ConfigurationKind =
  | "config_invalid"
  | "project_unknown"
  | "config_skipped"
  | "environment_needed"
  | "key_missing"
  | "workspace_refused"
  | "workspace_untold"
  | "validated"
  | "secret_weak"
  | "variables_unset"
  | "rendered"
  | "pins_unwritable"
  | "started";

type Wordings = {
  readonly [Kind in ConfigurationKind]: (
    event: Extract<RunEvent, { kind: Kind }>,
  ) => readonly Message[];
};

/** What is said about a configuration. */
export const configurationText: Wordings = {
  config_invalid: ({ problems }) => [{ as: "errors", lines: problemLines(problems) }],
  project_unknown: () =>
    error(
      "project_unknown",
      "the file does not say which project this is about",
      "Fix it, or name the project with --project NAME (and --env NAME): then no file is read.",
    ),
  config_skipped: ({ problems }) =>
    progress([
      [
        styled(
          "faint",
          `note: the files have ${counted(problems.length, "problem")} that this command does not depend on; agentvane validate shows them`,
        ),
      ],
    ]),
  environment_needed: ({ project, known }) =>
    error(
      "environment_needed",
      `project ${project} has agents only in environments: ${listed(known, 20)}`,
      "Choose one with --env NAME.",
    ),
  key_missing: ({ variable }) =>
    error(
      "key_missing",
      `${variable} is not set`,
      `Set it to your API key: export ${variable}=… Or try --local, which needs none.`,
    ),
  workspace_refused: ({ expected, found }) =>
    error(
      "workspace_refused",
      `the API key belongs to workspace "${found.name}" (${found.id}), not "${expected}"`,
      "Nothing was written. Use a key of that workspace, or correct `workspace` in agents.yaml.",
    ),
  workspace_untold: ({ expected }) =>
    progress([
      [
        styled(
          "faint",
          `note: the server does not say whether the API key belongs to workspace "${expected}"`,
        ),
      ],
    ]),
  validated: ({ desired, files, environments }) =>
    result([
      [
        styled("success", "Valid:"),
        ` project ${desired.project}, ${counted(desired.agents.length, "agent")} in ${counted(files.length, "file")}${environments.length > 0 ? `, in each environment: ${listed(environments)}` : ""}.`,
      ],
    ]),
  secret_weak: (weak) => {
    const { message, advice } = weakSecretText(weak);
    return progress([[styled("warning", `warning: ${message}`)], [`  ${advice}`]]);
  },
  variables_unset: ({ variables }) =>
    progress([
      [
        styled(
          "faint",
          `note: not set, and checked with a placeholder: ${listed(variables.map((each) => `env.${each}`))}`,
        ),
      ],
    ]),
  started: ({ file }) => {
    const plan = ["agentvane", "plan", ...(file === "agents.yaml" ? [] : ["--file", file])];
    return result([
      [],
      ["Next, try it on the built-in emulator, without an account:"],
      [`  ${shellCommand([...plan, "--local"])}`],
      ["Or set MISTRAL_API_KEY, and plan for the real server:"],
      [`  ${shellCommand(plan)}`],
    ]);
  },
  rendered: ({ desired }) => result(renderedText(desired)),
  pins_unwritable: ({ paths }) => [
    {
      as: "errors",
      lines: [
        [
          styled("strong", "warning: "),
          `${listed(paths)} cannot be edited: the pins are printed instead, for you to write`,
        ],
      ],
    },
  ],
};
