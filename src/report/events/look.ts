import type { LookEvent } from "../../commands/look-event.ts";
import { refusalExitCode } from "../../plan/refusal-table.ts";
import type { EventRows } from "../event-row.ts";
import { outputLines } from "../output/form.ts";
import { noAgentsLines } from "../output/text.ts";
import { listed } from "../safe/truncate.ts";
import { environmentsText } from "../text/environments.ts";
import { explanationText } from "../text/explanation.ts";
import { comparisonText, historyText } from "../text/history.ts";
import { outputCheckText } from "../text/output-check.ts";
import { shownText } from "../text/shown.ts";
import { didYouMean } from "../words/did-you-mean.ts";
import { plainError } from "../words/error-words.ts";
import { renderedText } from "../words/rendered.ts";
import { refusalList } from "./refusals.ts";

/** What commands show that change nothing. */
export const lookRows = {
  rendered: { result: ({ desired }) => renderedText(desired) },
  shown: {
    result: ({ project, environment, agents }) => shownText(project, environment, agents),
  },
  environments_read: { result: environmentsText },
  explained: { result: ({ code, page }) => explanationText(code, page) },
  not_found: {
    exit: 3,
    error: ({ key, known }) =>
      plainError(
        `this project has no agent ${key} on the server`,
        { key, known },
        didYouMean(key, known) ??
          (known.length === 0 ? "It has no agents." : `It has: ${listed(known)}.`),
      ),
  },
  history_read: { result: ({ key, id, entries }) => historyText(key, id, entries) },
  versions_compared: { result: comparisonText },
  version_missing: {
    exit: 3,
    error: ({ key, missing, known }) =>
      plainError(
        `${key} has no version ${listed(missing.map(String))}`,
        { key, missing, known },
        `It has: ${listed(known.map(String), 20)}.`,
      ),
  },
  output_read: {
    result: ({ output, format, isShown }) => (isShown ? outputLines(output, format) : []),
    progress: ({ output, format, isShown }) =>
      isShown && format === "text" ? [] : noAgentsLines(output),
  },
  output_refused: {
    exit: ({ refusals }) => refusalExitCode(refusals),
    error: ({ refusals }) => refusalList(refusals),
  },
  // That a file is out of date is the answer to a question, and no error.
  output_compared: { result: outputCheckText, exit: ({ holds }) => (holds ? 0 : 2) },
} satisfies EventRows<LookEvent>;
