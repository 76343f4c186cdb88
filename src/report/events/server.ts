import type { ServerEvent } from "../../commands/server-event.ts";
import type { EventRows } from "../event-row.ts";
import { plainError } from "../words/error-words.ts";
import { styled } from "../words/line.ts";

/** What happens on the way to a server. */
export const serverRows = {
  key_missing: {
    exit: 3,
    error: ({ variable }) =>
      plainError(
        `${variable} is not set`,
        { variable },
        `Set it to your API key: export ${variable}=… Or try --local, which needs none.`,
      ),
  },
  workspace_refused: {
    exit: 3,
    error: ({ expected, found }) =>
      plainError(
        `the API key belongs to workspace "${found.name}" (${found.id}), not "${expected}"`,
        { expected, found: { ...found } },
        "Nothing was written. Use a key of that workspace, or correct `workspace` in agents.yaml.",
      ),
  },
  workspace_untold: {
    progress: ({ expected }) => [
      [
        styled(
          "faint",
          `note: the server does not say whether the API key belongs to workspace "${expected}"`,
        ),
      ],
    ],
  },
  fetching: {
    progress: ({ again }) =>
      again ? [[styled("faint", "checking that nothing has changed since the plan …")]] : [],
  },
  waiting: {
    progress: ({ method, path, ms, reason }) =>
      reason === "retry"
        ? []
        : [
            [
              styled(
                "faint",
                `waiting ${(ms / 1000).toFixed(1)} s: rate limit at ${method} ${path}`,
              ),
            ],
          ],
  },
  api_deprecated: {
    progress: ({ method, path, since, ends }) => [
      [
        styled(
          "warning",
          `! the server announces that ${method} ${path} is deprecated${since === undefined ? "" : ` since ${since}`}${ends === undefined ? "" : ` and ends on ${ends}`}; look for a newer agentvane`,
        ),
      ],
    ],
  },
  data_busy: {
    progress: ({ path }) => [
      [styled("faint", `waiting for another run that is writing ${path} …`)],
    ],
  },
} satisfies EventRows<ServerEvent>;
