import { listed } from "../safe/truncate.ts";
import { meant } from "./did-you-mean.ts";
import { positionText } from "./position.ts";
import { hintAt, type ProblemWordings } from "./problem-wording.ts";

type ReferenceCode =
  | "duplicate_agent"
  | "duplicate_id"
  | "duplicate_function"
  | "unknown_agent"
  | "environment_missing"
  | "unknown_environment"
  | "ambiguous_environment"
  | "unreachable_agent"
  | "unknown_function"
  | "moved_but_there"
  | "moved_twice"
  | "moved_together"
  | "moved_in_circle";

/** A name that leads to nothing, or to more than one, in words. */
export const referenceWordings: ProblemWordings<ReferenceCode> = {
  duplicate_agent: ({ name, first }) => ({
    message: `agent "${name}" is defined twice`,
    hint: `The first one is at ${positionText(first)}.`,
  }),
  duplicate_id: ({ name, first }) => ({
    message: `${name} is bound to two keys`,
    hint: `The other one is at ${positionText(first)}.`,
  }),
  duplicate_function: ({ name, first }) => ({
    message: `the agent has two functions called "${name}"`,
    hint: `The other one is at ${positionText(first)}.`,
  }),
  unknown_agent: ({ name, in: section, suggestions }) => ({
    message: `there is no agent "${name}" in this project`,
    hint: suggestions.length > 0 ? meant(suggestions) : agentNames[section],
  }),
  environment_missing: ({ known }) => ({
    message: "the project has environments, and none was chosen",
    expected: `--env or AGENTVANE_ENV with one of: ${listed(known, 20)}`,
  }),
  unknown_environment: ({ name, known, suggestions }) => ({
    message: `there is no environment "${name}"`,
    expected:
      known.length === 0
        ? "no --env: the file declares no environments"
        : `one of: ${listed(known, 20)}`,
    ...hintAt(suggestions),
  }),
  ambiguous_environment: ({ name, patterns }) => ({
    message: `the environment "${name}" matches more than one pattern: ${listed(patterns, 20)}`,
    hint: `Change the patterns so that only one matches, or add an environment "${name}".`,
  }),
  unreachable_agent: ({ name, from }) => ({
    message: `${from} cannot hand off to ${name}, directly or through others`,
    hint: `Add ${name} to its handoffs, or limit the check with agents.`,
  }),
  unknown_function: ({ name, from, suggestions }) => ({
    message: `${from} has no function ${name}, nor has any agent it hands off to`,
    ...hintAt(suggestions),
  }),
  moved_but_there: ({ name, defined }) => ({
    message: `"${name}" is renamed here and still an agent`,
    expected: "a key that no agent has any more",
    hint: `It is defined at ${positionText(defined)}: rename it there, or remove this entry.`,
  }),
  moved_twice: ({ name, first }) => ({
    message: `"${name}" is renamed a second time`,
    expected: "one new key",
    hint: `The first one is at ${positionText(first)}; remove one of them.`,
  }),
  moved_together: ({ name, first }) => ({
    message: `a second agent is renamed to "${name}"`,
    expected: "one old key: two agents cannot become one",
    hint: `The first one is at ${positionText(first)}; remove one of them.`,
  }),
  moved_in_circle: ({ name, keys }) => ({
    message:
      keys.length === 1
        ? `"${name}" is renamed to itself`
        : `the renames lead back to "${name}": ${listed([...keys, name])}`,
    expected: "renames that end at an agent of this project",
    hint: "Remove the entry that leads back.",
  }),
};

const agentNames = {
  handoffs: "Write another project's agent as { id: ag_… }.",
  moved: "Name the key that the agent has now, or one that another entry renames.",
  gates: "Name keys of this project's agents.",
  checks:
    "Name keys of this project's agents; in a handoff, another agent is written as { id: ag_… }.",
  environments:
    "An environment says what is different about agents of the file; define it under agents first.",
} as const;
