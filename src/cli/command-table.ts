import {
  autoApprove,
  config,
  type Flag,
  file,
  only,
  output,
  planning,
  planOutput,
  repointing,
  server,
  writing,
} from "./flags.ts";

/** A command as the parser, the help and the documentation know it. */
export type CommandSpec = {
  readonly name: string;
  readonly summary: string;
  /** How positional arguments are shown, and how many there may be. */
  readonly positionals?: { readonly shown: string; readonly most: number };
  readonly flags: readonly Flag[];
  readonly examples: readonly string[];
};

/** Every command, in the order in which help lists them. */
export const commandTable: readonly CommandSpec[] = [
  {
    name: "init",
    summary: "write a starter agents.yaml with a prompt file",
    flags: [file, ...output],
    examples: ["agentvane init"],
  },
  {
    name: "validate",
    summary: "check everything that can be checked offline",
    flags: [
      ...config,
      { name: "strict", takes: "switch", doc: "also what is allowed and most likely a mistake" },
      ...output,
    ],
    examples: [
      "agentvane validate",
      "agentvane validate --strict",
      "agentvane validate -f fleet/agents.yaml --format json",
    ],
  },
  {
    name: "plan",
    summary: "show what apply would do; changes nothing",
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
        name: "allow-rewind",
        takes: "switch",
        doc: "apply a commit although a newer one was applied before",
      },
      {
        name: "max-deletes",
        takes: "value",
        placeholder: "N",
        doc: "most agents one apply may delete (default: 3)",
      },
      {
        name: "max-updates",
        takes: "value",
        placeholder: "N|N%",
        doc: "most agents one apply may update",
      },
      { name: "allow-empty", takes: "switch", doc: "let --prune delete the whole project" },
      {
        name: "settle",
        takes: "value",
        placeholder: "TIME",
        doc: "how long to look for a create whose answer was lost (default: 20s)",
      },
      ...writing,
      ...server,
      ...planOutput,
    ],
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
    flags: [
      ...config,
      only,
      { name: "detailed-exitcode", takes: "switch", doc: "exit 2 when there is drift" },
      ...server,
      ...planOutput,
    ],
    examples: ["agentvane drift", "agentvane drift --detailed-exitcode --format json"],
  },
  {
    name: "import",
    summary: "write existing agents into agents.yaml, with prompt files",
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
    examples: [
      "agentvane import --all --project acme",
      "agentvane import ag_0199… ag_019a…",
      "agentvane import --name support --alias prod",
    ],
  },
  {
    name: "show",
    summary: "the project's remote agents: versions, aliases, owner",
    positionals: { shown: "[KEY]", most: 1 },
    flags: [
      ...config,
      { name: "json", takes: "switch", doc: "short for --format json" },
      ...server,
      ...output,
    ],
    examples: ["agentvane show", "agentvane show triage --json"],
  },
  {
    name: "history",
    summary: "an agent's versions, or how two of them differ",
    positionals: { shown: "KEY", most: 2 },
    flags: [
      ...config,
      {
        name: "diff",
        takes: "value",
        placeholder: "A B",
        doc: "compare two versions",
      },
      ...server,
      ...output,
    ],
    examples: ["agentvane history triage", "agentvane history triage --diff 3 4"],
  },
  {
    name: "promote",
    summary: "point an alias where another one stands",
    positionals: { shown: "FROM TO", most: 2 },
    flags: [
      ...config,
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
    examples: [
      "agentvane promote staging prod",
      "agentvane promote staging prod --only triage --auto-approve --write",
    ],
  },
  {
    name: "rollback",
    summary: "point an alias back where it stood before",
    positionals: { shown: "ALIAS", most: 1 },
    flags: [
      ...config,
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
    examples: [
      "agentvane rollback prod",
      "agentvane rollback prod --to 12 --only triage",
      "agentvane rollback prod --write",
    ],
  },
  {
    name: "forget",
    summary: "stop managing an agent without deleting it",
    positionals: { shown: "KEY", most: 1 },
    flags: [...config, ...writing, ...server, ...output],
    examples: ["agentvane forget triage"],
  },
  {
    name: "destroy",
    summary: "delete this project's agents; asks for the project's name",
    flags: [...config, only, autoApprove, ...writing, ...server, ...output],
    examples: ["agentvane destroy", "agentvane destroy --only old-agent"],
  },
  {
    name: "render",
    summary: "the resolved definitions, secrets masked",
    flags: [...config, ...output],
    examples: ["agentvane render", "agentvane render --var tone=terse"],
  },
  {
    name: "emulate",
    summary: "a local Agents API for demos and tests",
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
    examples: [
      "agentvane emulate --port 8787 --data agents.json",
      'agentvane emulate --fault \'{"method":"PATCH","status":503,"times":2}\'',
    ],
  },
  {
    name: "schema",
    summary: "print a JSON Schema",
    positionals: { shown: "[agents|plan|report]", most: 1 },
    flags: output.filter(({ name }) => name === "help"),
    examples: ["agentvane schema > agents.schema.json", "agentvane schema report"],
  },
];
