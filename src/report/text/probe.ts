import type { ProbeName, ProbeResult } from "../../commands/probe-list.ts";
import { type Line, styled } from "../words/line.ts";

/** What each question is about, and what agentvane does so that the answer does not matter. */
const meanings: {
  readonly [Name in ProbeName]: { readonly about: string; readonly so: string };
} = {
  first_version: {
    about: "the number of a new agent's version",
    so: "no number is tested for truth; a version tagged 0 also proves the lowest one",
  },
  defaults: {
    about: "whether answers fill in what was not sent",
    so: "agents are compared in a form in which defaults do not show",
  },
  trailing_whitespace: {
    about: "white space at the end of a prompt",
    so: "it alone is no difference",
  },
  listed_after_reads: {
    about: "lists that are read before a new agent shows up",
    so: "an apply lists until it sees what it created",
  },
  patch_makes: {
    about: "what an update makes",
    so: "nothing is released on a server that edits in place",
  },
  metadata_keys: {
    about: "most members of metadata",
    so: "what only agentvane reads shares one of its tags",
  },
  metadata_value_length: {
    about: "most characters of a label",
    so: "a refusal because of them says so; nothing is released then",
  },
  completion_args_in_patch: {
    about: "completion_args in an update",
    so: "all of them are sent, null for what is unset",
  },
  metadata_in_patch: {
    about: "metadata in an update",
    so: "foreign labels are sent along, removed ones as null",
  },
  null_in_patch: {
    about: "null in an update",
    so: "what null did not clear is tried once as empty; what stays is named",
  },
  identical_patch: {
    about: "an update that changes nothing",
    so: "none is sent",
  },
  patch_base: {
    about: "the version that an update builds on",
    so: "an update carries the whole agent",
  },
  alias_put: {
    about: "what moving an alias does to the agent's time",
    so: "in doubt, an alias counts as moved last",
  },
  alias_to_missing_version: {
    about: "an alias for a version that is not there",
    so: "pins are checked before anything is written",
  },
  unknown_handoff: {
    about: "a handoff to an agent that is not there",
    so: "callees are created before callers",
  },
  unknown_model: {
    about: "a model that is not listed",
    so: "the plan notes it",
  },
  deployment_chat_on_create: {
    about: "deployment_chat in a create request",
    so: "it is sent with a second write",
  },
};

/** What a server answered, as a table. */
export function probeText(
  found: readonly { readonly name: ProbeName; readonly value: ProbeResult }[],
): readonly Line[] {
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => text.length));
  const names = widest(found.map(({ name }) => meanings[name].about));
  const values = widest(found.map(({ value }) => String(value)));
  return [
    [],
    ["Where the API is undocumented, this server:"],
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
