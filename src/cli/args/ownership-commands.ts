import type { CommandSpec } from "./command-spec.ts";
import { autoApprove, config, only, output, owner, server, writing } from "./flags.ts";

/** Commands that start or stop managing agents. */
export const ownershipCommands = {
  import: {
    name: "import",
    summary: "write existing agents into agents.yaml, with prompt files",
    about:
      "Reads agents from the server and writes them as YAML with prompt files, so that the next plan has nothing to do. It names properties that a file cannot contain and lists them under ignore_changes, and leaves out agents without a name or model. Adds to an existing agents.yaml and never overwrites a file; for a forgotten agent it adds the id to its key. Sends only reading requests: agents become part of this project with the next apply that changes them.",
    positionals: { shown: "[ID…]", most: 1000 },
    flags: [
      ...config,
      { name: "all", takes: "switch", doc: "every agent that is not managed yet" },
      { name: "name", takes: "value", placeholder: "TEXT", doc: "agents with this in their name" },
      {
        name: "alias",
        takes: "value",
        placeholder: "ALIAS",
        doc: "what this alias runs, in place of the default version",
      },
      {
        name: "project",
        takes: "value",
        placeholder: "NAME",
        doc: "the project, when there is no file yet",
      },
      ...server,
      ...output,
    ],
    product: "effect",
    document: "result",
    exits: [0, 1, 3],
    examples: [
      "agentvane import --all --project acme",
      "agentvane import ag_0199… ag_019a…",
      "agentvane import --name support --alias prod",
    ],
  },
  forget: {
    name: "forget",
    summary: "stop managing an agent without deleting it",
    about:
      "Removes the owner's tags from an agent, which writes one version. The agent stays, with its versions and aliases, and belongs to nobody. Remove its key from agents.yaml as well.",
    positionals: { shown: "KEY", most: 1 },
    flags: [...owner, ...writing, ...server, ...output],
    product: "effect",
    document: "report",
    exits: [0, 1, 3, 4, 5, 6],
    examples: ["agentvane forget triage"],
  },
  destroy: {
    name: "destroy",
    summary: "delete all agents of this project, after asking for its name",
    about:
      "Asks for the project's name, then deletes every agent with this project's tags, even those that agents.yaml no longer has. Deleted agents cannot be restored. Deletes nothing if one of them is protected, or if an agent that stays hands off to one. With --ephemeral it deletes the project's ephemeral environments that agents.yaml does not name exactly; --env chooses one of them.",
    flags: [
      ...owner,
      only,
      {
        name: "ephemeral",
        takes: "switch",
        doc: "ephemeral environments that agents.yaml does not name exactly: all, or that of --env",
      },
      {
        name: "older-than",
        takes: "value",
        placeholder: "TIME",
        doc: "with --ephemeral: only those whose newest version is older, such as 7d",
      },
      autoApprove,
      ...writing,
      ...server,
      ...output,
    ],
    product: "effect",
    document: "report",
    exits: [0, 1, 3, 4, 5, 6],
    examples: [
      "agentvane destroy --only old-agent",
      "agentvane destroy",
      "agentvane destroy --ephemeral --older-than 7d --auto-approve",
    ],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
