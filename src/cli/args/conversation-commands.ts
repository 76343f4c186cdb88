import type { CommandSpec } from "./command-spec.ts";
import { checking, config, output, server, talking } from "./flags.ts";

/** Commands that talk to agents. */
export const conversationCommands = {
  ask: {
    name: "ask",
    product: "output",
    document: "result",
    summary: "talk to an agent: the version of prod, or another one",
    about:
      "Asks an agent one question, or holds a conversation with --follow. Talks to the version of `prod`, else of the only alias, else to the default version, and says which one first. Shows function calls and handoffs. Answers functions from --functions, or asks you in a terminal. The server keeps nothing of the conversation.",
    positionals: { shown: "KEY [TEXT…]", most: 1000 },
    flags: [
      ...config,
      ...talking,
      {
        name: "follow",
        takes: "switch",
        doc: "several turns: typed, or the lines of standard input",
      },
      {
        name: "functions",
        takes: "value",
        placeholder: "FILE",
        doc: "what called functions answer, as YAML or JSON by name",
      },
      ...checking.filter(({ name }) => name !== "check-parallelism"),
      ...server,
      ...output,
    ],
    exits: [0, 1, 3, 4, 5, 6],
    examples: [
      'agentvane ask triage "Where is my order?"',
      "agentvane ask triage --follow",
      "agentvane ask triage hello --agent-version 0 --format json",
    ],
  },
  check: {
    name: "check",
    product: "effect",
    document: "result",
    summary: "run the checks of agents.yaml on what is released",
    about:
      "Runs the `checks` of agents.yaml against the version of `prod`, else of the only alias, else the default version, for all agents or those you name. Exits with 2 if one fails. Changes no agent; the server keeps nothing of the conversations.",
    positionals: { shown: "[KEY…]", most: 1000 },
    flags: [...config, ...talking, ...checking, ...server, ...output],
    exits: [0, 1, 2, 3, 4, 5, 6],
    examples: ["agentvane check", "agentvane check triage --alias staging"],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
