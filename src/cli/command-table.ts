import type { ExitCode } from "../report/exit-code.ts";
import {
  applicationOutput,
  autoApprove,
  checking,
  config,
  type Flag,
  file,
  graphOutput,
  only,
  output,
  owner,
  planning,
  planOutput,
  repointing,
  server,
  talking,
  writing,
} from "./flags.ts";

/** A command as the parser, the help and the documentation know it. */
export type CommandSpec = {
  readonly name: string;
  readonly summary: string;
  /** In two or three sentences: what it reads, what it writes, what it never does. */
  readonly about: string;
  /** How positional arguments are shown, and how many there may be. */
  readonly positionals?: { readonly shown: string; readonly most: number };
  readonly flags: readonly Flag[];
  /** Whether its output is all it is for, so that it fails where that cannot be written, or only tells what it did. */
  readonly product: "output" | "effect";
  /** The exit codes it may end with; 64, 129, 130 and 143 are those of every command. */
  readonly exits: readonly ExitCode[];
  readonly examples: readonly string[];
};

/** Every command, in the order in which help lists them. */
export const commandTable: readonly CommandSpec[] = [
  {
    name: "init",
    summary: "write a starter agents.yaml with a prompt file and its schema",
    about:
      "Writes agents.yaml, the prompt that it names and its schema for editors, ready to be planned. Reads no server and needs no key. Never overwrites a file: if agents.yaml or the prompt exists already, nothing is written.",
    flags: [file, ...output],
    product: "effect",
    exits: [0, 3],
    examples: ["agentvane init"],
  },
  {
    name: "validate",
    summary: "check everything that can be checked offline",
    about:
      "Reads agents.yaml and every file that it names, and tells all that is wrong with them at once, each with its place. Writes nothing, asks no server and needs no key.",
    flags: [
      ...config,
      { name: "strict", takes: "switch", doc: "also what is allowed and most likely a mistake" },
      ...output,
    ],
    product: "output",
    exits: [0, 1, 3],
    examples: [
      "agentvane validate",
      "agentvane validate --strict",
      "agentvane validate -f fleet/agents.yaml --format json",
    ],
  },
  {
    name: "plan",
    summary: "show what apply would do; changes nothing",
    about:
      "Reads agents.yaml and the server, compares them property by property, and prints what an apply would do, what was changed outside, and what forbids it. Writes nothing but the file of --out, and sends nothing but reading requests.",
    flags: [
      ...config,
      ...planning,
      {
        name: "out",
        takes: "value",
        placeholder: "FILE",
        doc: "save the plan, for agentvane apply FILE",
      },
      { name: "detailed-exitcode", takes: "switch", doc: "exit 2 when there are changes" },
      ...server,
      ...planOutput,
    ],
    product: "output",
    exits: [0, 1, 2, 3, 4],
    examples: [
      "agentvane plan",
      "agentvane plan --local",
      "agentvane plan --detailed-exitcode -q",
      "agentvane plan --out plan.json",
    ],
  },
  {
    name: "apply",
    summary: "create, update, verify, then move the aliases",
    about:
      "Makes the plan, shows it and asks; then creates and updates agents, compares what the server took with the definition, and only when all of it is right moves the aliases. If anything fails, every alias and every default version goes back. Never writes to an agent of another project, and never over an edit made outside unless that was approved. PLAN is a file of `plan --out`, a pipe, or `-` for standard input.",
    positionals: { shown: "[PLAN]", most: 1 },
    flags: [
      ...config,
      ...planning,
      autoApprove,
      {
        name: "on-drift",
        takes: "value",
        placeholder: "fail|overwrite",
        doc: "with --auto-approve, when somebody changed an agent outside (default: fail)",
      },
      {
        name: "settle",
        takes: "value",
        placeholder: "TIME",
        doc: "how long to look for a create whose answer was lost (default: 20s)",
      },
      ...checking,
      ...writing,
      ...server,
      ...planOutput,
    ],
    product: "effect",
    exits: [0, 1, 3, 4, 5, 6],
    examples: [
      "agentvane apply",
      "agentvane apply --local",
      "agentvane apply plan.json",
      "agentvane apply --auto-approve --report report.json",
    ],
  },
  {
    name: "drift",
    summary: "show what was changed outside; changes nothing",
    about:
      "Reads the server and compares it with what the last apply left there: edits of agents, and aliases and default versions that were moved. What is only pending in agents.yaml is not drift. Writes nothing.",
    flags: [
      ...config,
      only,
      { name: "detailed-exitcode", takes: "switch", doc: "exit 2 when there is drift" },
      ...server,
      ...planOutput,
    ],
    product: "output",
    exits: [0, 1, 2, 3, 4],
    examples: ["agentvane drift", "agentvane drift --detailed-exitcode --format json"],
  },
  {
    name: "import",
    summary: "write existing agents into agents.yaml, with prompt files",
    about:
      "Reads agents from the server and writes them as YAML with prompt files, such that a plan right after finds nothing to do: what a file may not say is named and put under ignore_changes, and an agent without a name or model is left out. Adds to an agents.yaml that is there already and never writes over a file. Sends nothing but reading requests; the agents become this project's with the next apply that changes them.",
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
    exits: [0, 1, 3],
    examples: [
      "agentvane import --all --project acme",
      "agentvane import ag_0199… ag_019a…",
      "agentvane import --name support --alias prod",
    ],
  },
  {
    name: "show",
    summary: "the project's remote agents: versions, aliases, owner",
    about:
      "Lists this project's agents, or one of them, as the server has them: the default version and the newest one, aliases, model, and what the owner's tags tell. Writes nothing.",
    positionals: { shown: "[KEY]", most: 1 },
    flags: [
      ...owner,
      { name: "json", takes: "switch", doc: "short for --format json" },
      ...server,
      ...output,
    ],
    product: "output",
    exits: [0, 1, 3],
    examples: ["agentvane show", "agentvane show triage --json"],
  },
  {
    name: "output",
    product: "output",
    summary: "the ids and aliases that an application needs",
    about:
      "Prints the id, the default version and the aliases of each agent: as a table, JSON, variables for a shell or a dotenv file, outputs of a GitHub step, or a TypeScript module. With --out it writes a file, whole or not at all; with --check it compares a file that you committed and exits with 2 when that is out of date. A name such as agents.ts, agents.json or .env chooses the format. Sends nothing but reading requests.",
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
  {
    name: "environments",
    summary: "the project's environments on the server",
    about:
      "Lists the environments in which this project has agents on the server: how many, their newest release, and whether they are ephemeral. Needs no --env: where environments have keys of their own, it looks with each that is set. Writes nothing.",
    flags: [...owner, ...server, ...output],
    product: "output",
    exits: [0, 1, 3],
    examples: ["agentvane environments", "agentvane environments --project acme --format json"],
  },
  {
    name: "ask",
    product: "effect",
    summary: "talk to an agent: what prod runs, or another version",
    about:
      "Asks one question, or with --follow holds a conversation, with what `prod` runs, else the only alias, else the default version, named first. Shows calls and handoffs, and answers functions from --functions, or asks you at a terminal. The server keeps nothing of the conversation.",
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
  {
    name: "check",
    product: "effect",
    summary: "run the checks of agents.yaml on what is released",
    about:
      "Holds the conversations that `checks` in agents.yaml describe with what `prod` runs, else the only alias, else the default version, of all agents or those you name, and exits with 2 when one fails. Changes no agent; the server keeps nothing of the conversations.",
    positionals: { shown: "[KEY…]", most: 1000 },
    flags: [...config, ...talking, ...checking, ...server, ...output],
    exits: [0, 1, 2, 3, 4, 5, 6],
    examples: ["agentvane check", "agentvane check triage --alias staging"],
  },
  {
    name: "history",
    summary: "an agent's versions, or how two of them differ",
    about:
      "Lists an agent's versions, newest first: who wrote each one, from which commit, and which aliases stand there. With --diff it compares two of them, property by property. Writes nothing.",
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
    exits: [0, 1, 3],
    examples: ["agentvane history triage", "agentvane history triage --diff 0 1"],
  },
  {
    name: "promote",
    summary: "point an alias where another one stands",
    about:
      "Points the alias TO where FROM stands, for all agents that have FROM or those of --only, after asking; if one of them fails, all go back. Makes no version. Prints the pins that keep the next apply from moving TO on; with --write they are written into agents.yaml.",
    positionals: { shown: "FROM TO", most: 2 },
    flags: [
      ...owner,
      only,
      {
        name: "allow-foreign",
        takes: "switch",
        doc: "also versions that agentvane did not write as they stand",
      },
      ...repointing,
      ...server,
      ...output,
    ],
    product: "effect",
    exits: [0, 1, 3, 4, 5, 6],
    examples: [
      "agentvane promote staging prod",
      "agentvane promote staging prod --only triage --auto-approve --write",
    ],
  },
  {
    name: "rollback",
    summary: "point an alias back where it stood before",
    about:
      "Points an alias back: to where it stood before the newest release that moved it, to a version, or to what was made from a commit. Asks first; makes no version and moves no default version. Prints the pins that keep the next apply from moving it on; with --write they are written into agents.yaml.",
    positionals: { shown: "ALIAS", most: 1 },
    flags: [
      ...owner,
      { name: "to", takes: "value", placeholder: "N", doc: "to this version; with one --only KEY" },
      {
        name: "to-commit",
        takes: "value",
        placeholder: "SHA",
        doc: "every agent to its version of this commit",
      },
      only,
      ...repointing,
      ...server,
      ...output,
    ],
    product: "effect",
    exits: [0, 1, 3, 4, 5, 6],
    examples: [
      "agentvane rollback prod",
      "agentvane rollback prod --to 2 --only triage",
      "agentvane rollback prod --write",
    ],
  },
  {
    name: "forget",
    summary: "stop managing an agent without deleting it",
    about:
      "Takes the owner's tags off an agent, which writes one version. The agent stays, with its versions and aliases, and belongs to nobody. Take its key out of agents.yaml as well.",
    positionals: { shown: "KEY", most: 1 },
    flags: [...owner, ...writing, ...server, ...output],
    product: "effect",
    exits: [0, 1, 3, 4, 5, 6],
    examples: ["agentvane forget triage"],
  },
  {
    name: "destroy",
    summary: "delete all agents of this project, after asking for its name",
    about:
      "Deletes every agent that carries this project's tags, whether agents.yaml still has it or not, after asking for the project's name. What is deleted cannot be brought back. Refuses all of it when one of them is protected, or is still handed off to by an agent that stays.",
    flags: [...owner, only, autoApprove, ...writing, ...server, ...output],
    product: "effect",
    exits: [0, 1, 3, 4, 5, 6],
    examples: ["agentvane destroy --only old-agent", "agentvane destroy"],
  },
  {
    name: "render",
    summary: "the resolved definitions, secrets masked",
    about:
      "Prints the agents as they are after defaults, variables and files: what a plan compares with the server. Secrets appear by name only. Writes nothing and asks no server.",
    flags: [...config, ...output],
    product: "output",
    exits: [0, 1, 3],
    examples: ["agentvane render", "agentvane render --var tone=terse"],
  },
  {
    name: "graph",
    summary: "draw who hands off to whom; offline",
    about:
      "Prints the handoffs between the agents of agents.yaml as a picture, or as text that others make one of. Writes nothing, asks no server and needs no key.",
    flags: [...config, ...graphOutput],
    product: "output",
    exits: [0, 1, 3],
    examples: ["agentvane graph", "agentvane graph --format svg > handoffs.svg"],
  },
  {
    name: "emulate",
    summary: "a local Agents API for demos and tests",
    about:
      "Serves the Agents API on 127.0.0.1, for any key, until Ctrl-C. Keeps its agents in memory, or in the file of --data. Answers conversations from the script of --conversations, else with a fixed reply. Never reaches the network.",
    flags: [
      {
        name: "port",
        takes: "value",
        placeholder: "PORT",
        doc: "port on 127.0.0.1 (default: 8787; 0 takes a free one)",
      },
      {
        name: "data",
        takes: "value",
        placeholder: "FILE",
        doc: "keep the agents in this file (default: only in memory)",
      },
      {
        name: "conversations",
        takes: "value",
        placeholder: "FILE",
        doc: "answer conversations from this script (default: with a fixed reply)",
      },
      {
        name: "switch",
        takes: "list",
        placeholder: "NAME=VALUE",
        doc: "behave otherwise where the API is undocumented; may be repeated",
      },
      {
        name: "fault",
        takes: "list",
        placeholder: "JSON",
        doc: "fail on purpose, see docs/emulator.md; may be repeated",
      },
      ...output.filter(({ name }) => name !== "format"),
    ],
    product: "effect",
    exits: [0, 1],
    examples: [
      "agentvane emulate --port 8787 --data agents.json",
      'agentvane emulate --fault \'{"method":"PATCH","status":503,"times":2}\'',
    ],
  },
  {
    name: "schema",
    summary: "print a JSON Schema",
    about:
      "Prints the JSON Schema of agents.yaml, of an included file, of the front matter of a Markdown agent, of the document of plan and drift, of the document of output, or of all other documents. Reads and writes nothing else.",
    positionals: { shown: "[agents|include|front-matter|plan|report|output]", most: 1 },
    flags: output.filter(({ name }) => name === "help"),
    product: "output",
    exits: [0, 1],
    examples: [
      "agentvane schema > agents.schema.json",
      "agentvane schema include > include.schema.json",
    ],
  },
  {
    name: "doctor",
    summary: "check what a run depends on",
    about:
      "Looks at what a plan and an apply depend on, and says what to do about what it finds: Node, agents.yaml, the git checkout, the key, the proxy, the server, its clock, and what the key may read. Sends nothing but reading requests, and writes nothing; only with --probe it makes a scratch agent, which it deletes again.",
    flags: [
      ...config,
      {
        name: "probe",
        takes: "switch",
        doc: "find out, on a scratch agent that is deleted again, what is undocumented",
      },
      {
        name: "switches",
        takes: "value",
        placeholder: "FILE",
        doc: "with --probe: write what was found as arguments of emulate",
      },
      ...server,
      ...output,
    ],
    product: "output",
    exits: [0, 1, 3, 5, 6],
    examples: [
      "agentvane doctor",
      "agentvane doctor --local",
      "agentvane doctor --format json",
      "agentvane doctor --probe --switches switches.txt",
    ],
  },
  {
    name: "explain",
    product: "output",
    summary: "what an error code means and what to do; offline",
    about:
      "Prints what docs/problems.md says about an error code, such as the one in the brackets of an error message. Reads nothing else.",
    positionals: { shown: "CODE", most: 1 },
    flags: output,
    exits: [0],
    examples: ["agentvane explain drift_refused"],
  },
  {
    name: "completion",
    summary: "completion for bash, zsh or fish",
    about:
      "Prints a script for a shell to load. It completes commands, flags, their values and files, and the keys, aliases and environments in agents.yaml, which is read when they are asked for. Asks no server, writes nothing, and says nothing where agents.yaml cannot be read.",
    positionals: { shown: "bash|zsh|fish", most: 1 },
    flags: [
      {
        name: "list",
        takes: "value",
        placeholder: "keys|aliases|environments",
        doc: "instead, the names in agents.yaml, one a line: what the scripts ask for",
      },
      file,
      ...output.filter(({ name }) => name === "help"),
    ],
    product: "output",
    exits: [0, 1],
    examples: [
      "source <(agentvane completion bash)",
      "agentvane completion zsh > ~/.zsh/completions/_agentvane",
      "agentvane completion fish > ~/.config/fish/completions/agentvane.fish",
    ],
  },
];
