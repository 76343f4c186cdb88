import { positionText } from "./position.ts";
import { hintAt, type ProblemWordings } from "./problem-wording.ts";

type StrictCode =
  | "file_forgotten"
  | "handoff_twice"
  | "handoff_to_itself"
  | "alias_twice"
  | "tool_twice"
  | "alias_left_empty"
  | "variable_unused"
  | "web_search_twice"
  | "literal_secret"
  | "looks_like_key"
  | "handoff_runs_default";

/** The texts about what is allowed but probably a mistake. */
export const strictWordings: ProblemWordings<StrictCode> = {
  file_forgotten: ({ path }) => ({
    message: `the instructions are the text "${path}", which is also the path of a file`,
    expected: `{ file: ${path} } to use the content of the file`,
  }),
  handoff_twice: ({ name, first }) => ({
    message: `the handoff to ${name} is listed twice`,
    hint: `The first one is at ${positionText(first)}; remove one of them.`,
  }),
  handoff_to_itself: ({ name }) => ({
    message: `${name} hands off to itself`,
    hint: "An agent needs no handoff to continue; remove it.",
  }),
  alias_twice: ({ name, first }) => ({
    message: `the alias ${name} is listed twice`,
    hint: `The first one is at ${positionText(first)}; remove one of them.`,
  }),
  tool_twice: ({ name, first }) => ({
    message: `the tool ${name} is listed twice`,
    hint: `The first one is at ${positionText(first)}; remove one of them.`,
  }),
  alias_left_empty: ({ name }) => ({
    message: `nothing is set after ${name}, which removes the alias`,
    expected: `${name}: latest, a version number, or null to remove it on purpose`,
  }),
  variable_unused: ({ name, suggestions }) => ({
    message: `the environment variable ${name} sets a variable that no file declares or uses`,
    ...hintAt(suggestions),
  }),
  web_search_twice: () => ({
    message: "web_search and web_search_premium cannot be combined",
    expected: "one of them",
  }),
  literal_secret: () => ({
    message: "the file contains a secret",
    expected: "${{ secrets.NAME }}, and the secret in the environment",
  }),
  looks_like_key: ({ what }) => ({
    message: `this looks like ${what}`,
    hint: "Everybody who can read the agent can read its prompt: remove the secret, and rotate it.",
  }),
  handoff_runs_default: ({ name, alias }) => ({
    message: `the handoff runs the default version of ${name}, while ${alias} of ${name} is pinned`,
    hint: "Handoffs carry no version. Let the alias follow with latest, or pin both.",
  }),
};
