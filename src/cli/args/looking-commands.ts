import type { CommandSpec } from "./command-spec.ts";
import { applicationOutput, output, owner, server } from "./flags.ts";

/** Commands that show the state of the server. */
export const lookingCommands = {
  show: {
    name: "show",
    summary: "list the project's remote agents: versions, aliases, owner",
    about:
      "Lists this project's agents on the server, or one of them: default version, newest version, aliases, model, and the owner's tags. Writes nothing.",
    positionals: { shown: "[KEY]", most: 1 },
    flags: [
      ...owner,
      { name: "json", takes: "switch", doc: "short for --format json" },
      ...server,
      ...output,
    ],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: ["agentvane show", "agentvane show triage --json"],
  },
  output: {
    name: "output",
    product: "output",
    document: "output",
    summary: "print the ids and aliases that an application needs",
    about:
      "Prints the id, the default version and the aliases of each agent: as a table, JSON, variables for a shell or a dotenv file, outputs of a GitHub step, or a TypeScript module. With --out it writes a file, completely or not at all. With --check it compares a committed file and exits with 2 if the file is out of date. A file name such as agents.ts, agents.json or .env chooses the format. Sends only reading requests.",
    positionals: { shown: "[KEY…]", most: 1000 },
    flags: [
      ...owner,
      {
        name: "alias",
        takes: "value",
        placeholder: "ALIAS",
        doc: "the alias that the application names; each agent must have it",
      },
      { name: "out", takes: "value", placeholder: "FILE", doc: "write this file" },
      {
        name: "check",
        takes: "value",
        placeholder: "FILE",
        doc: "exit 2 when this file is out of date",
      },
      ...server,
      ...applicationOutput,
    ],
    exits: [0, 1, 2, 3, 4],
    examples: [
      "agentvane output",
      "agentvane output --alias prod --out agents.ts",
      "agentvane output --alias prod --check agents.ts",
      "agentvane output triage --format json",
    ],
  },
  environments: {
    name: "environments",
    summary: "list the project's environments on the server",
    about:
      "Lists the environments in which this project has agents on the server: how many agents, the newest release, and whether the environment is ephemeral. Needs no --env: if environments have keys of their own, it uses each key that is set. Writes nothing.",
    flags: [...owner, ...server, ...output],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: ["agentvane environments", "agentvane environments --project acme --format json"],
  },
  history: {
    name: "history",
    summary: "list an agent's versions, or compare two of them",
    about:
      "Lists an agent's versions, newest first: who wrote each one, from which commit, and which aliases point to it. With --diff it compares two versions, property by property. Writes nothing.",
    positionals: { shown: "KEY", most: 2 },
    flags: [
      ...owner,
      {
        name: "diff",
        takes: "value",
        placeholder: "A B",
        doc: "compare two versions",
      },
      ...server,
      ...output,
    ],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: ["agentvane history triage", "agentvane history triage --diff 0 1"],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
