import type { ProbeName, ProbeResult } from "../../commands/probe-list.ts";
import { type Line, styled } from "../words/line.ts";

/** The subject of each question, and what agentvane does so that the answer does not matter. */
const meanings: {
  readonly [Name in ProbeName]: { readonly about: string; readonly so: string };
} = {
  first_version: {
    about: "the number of a new agent's version",
    so: "version 0 and version 1 are both accepted as the first one",
  },
  defaults: {
    about: "whether answers fill in what was not sent",
    so: "a default value and a missing one are equal",
  },
  trailing_whitespace: {
    about: "white space at the end of a prompt",
    so: "it is ignored when agents are compared",
  },
  listed_after_reads: {
    about: "lists that do not show a new agent yet",
    so: "apply lists again until it sees what it created",
  },
  patch_makes: {
    about: "what an update makes",
    so: "apply releases nothing if an update edits a version in place",
  },
  metadata_keys: {
    about: "the limit of keys in metadata",
    so: "agentvane puts its tags into few keys",
  },
  metadata_value_length: {
    about: "the limit of characters in a value of metadata",
    so: "if the server refuses a value, apply says so and releases nothing",
  },
  completion_args_in_patch: {
    about: "completion_args in an update",
    so: "apply sends all of them, and null for those that are unset",
  },
  metadata_in_patch: {
    about: "metadata in an update",
    so: "apply sends the keys of others too, and null for removed ones",
  },
  null_in_patch: {
    about: "null in an update",
    so: "if null clears nothing, apply sends an empty value, then names what stays",
  },
  identical_patch: {
    about: "an update that changes nothing",
    so: "apply sends no such update",
  },
  patch_base: {
    about: "the version that an update builds on",
    so: "an update sends the whole agent",
  },
  alias_put: {
    about: "whether moving an alias changes the agent's time",
    so: "if the times are equal, the alias counts as moved last",
  },
  alias_to_missing_version: {
    about: "an alias to a version that does not exist",
    so: "plan checks pinned versions before anything is written",
  },
  unknown_handoff: {
    about: "a handoff to an agent that does not exist",
    so: "apply creates an agent before those that hand off to it",
  },
  unknown_model: {
    about: "a model that the server does not list",
    so: "plan notes it",
  },
  deployment_chat_on_create: {
    about: "deployment_chat in a create request",
    so: "apply sends it with a second write",
  },
};

/** The answers of a server, as a table. */
export function probeText(
  found: readonly { readonly name: ProbeName; readonly value: ProbeResult }[],
): readonly Line[] {
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const names = widest(found.map(({ name }) => meanings[name].about));
  const values = widest(found.map(({ value }) => String(value)));
  return [
    [],
    [
      "Where the API is undocumented: the question, the answer of this server, and what agentvane does.",
    ],
    ...found.map(
      ({ name, value }): Line => [
        "  ",
        meanings[name].about.padEnd(names),
        "  ",
        styled("strong", String(value).padEnd(values)),
        "  ",
        styled("faint", meanings[name].so),
      ],
    ),
    ["The probe agent was deleted."],
  ];
}
