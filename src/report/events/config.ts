import type { ConfigEvent } from "../../commands/config-event.ts";
import type { EventRows } from "../event-row.ts";
import { counted, listed } from "../safe/truncate.ts";
import { errorList } from "../words/error-words.ts";
import { styled } from "../words/line.ts";
import { problemText } from "../words/problem.ts";
import { problemPart } from "../words/problem-part.ts";
import { weakSecretText } from "../words/weak-secret.ts";

/** What reading a configuration comes to. */
export const configRows = {
  config_invalid: {
    exit: 3,
    error: ({ problems }) => ({
      ...errorList(
        problems.map(problemPart),
        problems.map((problem) => {
          const { code, at, environments } = problem;
          return { code, ...at, ...problemText(problem), ...(environments && { environments }) };
        }),
      ),
      sum: [styled("error", `${counted(problems.length, "problem")}.`), " Nothing was sent."],
    }),
  },
  secret_weak: {
    progress: (weak) => {
      const { message, advice } = weakSecretText(weak);
      return [[styled("warning", `warning: ${message}`)], [`  ${advice}`]];
    },
  },
  variables_unset: {
    progress: ({ variables }) => [
      [
        styled(
          "faint",
          `note: not set, and checked with a placeholder: ${listed(variables.map((each) => `env.${each}`))}`,
        ),
      ],
    ],
  },
  validated: {
    result: ({ desired, files, environments }) => [
      [
        styled("success", "Valid:"),
        ` project ${desired.project}, ${counted(desired.agents.length, "agent")} in ${counted(files.length, "file")}${environments.length > 0 ? `, in each environment: ${listed(environments)}` : ""}.`,
      ],
    ],
  },
} satisfies EventRows<ConfigEvent>;
