import type { BindingsEvent } from "../../commands/bindings-event.ts";
import type { EventRows } from "../event-row.ts";
import { counted, listed } from "../safe/truncate.ts";
import { plainError } from "../words/error-words.ts";
import { styled } from "../words/line.ts";

/** What a command that defines nothing finds out about whose agents it is for. */
export const bindingsRows = {
  project_unknown: {
    exit: 3,
    error: () =>
      plainError(
        "no readable file names the project",
        {},
        "Fix the file, or name the project with --project NAME (and --env NAME); then no file is read.",
      ),
  },
  config_skipped: {
    progress: ({ problems }) => [
      [
        styled(
          "faint",
          `note: the files have ${counted(problems.length, "problem")} that this command does not depend on; agentvane validate shows them`,
        ),
      ],
    ],
  },
  environment_needed: {
    exit: 3,
    error: ({ project, known }) =>
      plainError(
        `project ${project} has agents only in environments: ${listed(known, 20)}`,
        { project, known },
        "Choose one with --env NAME.",
      ),
  },
} satisfies EventRows<BindingsEvent>;
