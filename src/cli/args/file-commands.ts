import type { CommandSpec } from "./command-spec.ts";
import { config, file, graphOutput, output } from "./flags.ts";

/** Commands that work on local files without a server. */
export const fileCommands = {
  init: {
    name: "init",
    summary: "write a starter agents.yaml with a prompt file and its schema",
    about:
      "Writes agents.yaml, a prompt file and the schema for editors; the result can be planned at once. Contacts no server and needs no key. Never overwrites a file: if agents.yaml or the prompt exists, it writes nothing.",
    flags: [file, ...output],
    product: "effect",
    document: "result",
    exits: [0, 3],
    examples: ["agentvane init"],
  },
  validate: {
    name: "validate",
    summary: "check everything that can be checked offline",
    about:
      "Reads agents.yaml and every file that it names, and reports all errors at once, each with its position. Works offline, writes nothing and needs no key.",
    flags: [
      ...config,
      {
        name: "strict",
        takes: "switch",
        doc: "also report what is allowed but probably a mistake",
      },
      ...output,
    ],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: [
      "agentvane validate",
      "agentvane validate --strict",
      "agentvane validate -f fleet/agents.yaml --format json",
    ],
  },
  render: {
    name: "render",
    summary: "print the resolved definitions, secrets masked",
    about:
      "Prints the agents with defaults, variables and files filled in: what a plan compares with the server. Secrets appear by name only. Works offline and writes nothing.",
    flags: [...config, ...output],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: ["agentvane render", "agentvane render --var tone=terse"],
  },
  graph: {
    name: "graph",
    summary: "draw who hands off to whom; offline",
    about:
      "Prints the handoffs between the agents of agents.yaml as an SVG image, or as Mermaid or Graphviz source. Works offline, writes nothing and needs no key.",
    flags: [...config, ...graphOutput],
    product: "output",
    document: "result",
    exits: [0, 1, 3],
    examples: ["agentvane graph", "agentvane graph --format svg > handoffs.svg"],
  },
  schema: {
    name: "schema",
    summary: "print a JSON Schema",
    about:
      "Prints a JSON Schema: of agents.yaml, of an included file, of the front matter of a Markdown agent, or of the JSON documents of plan and drift, of output, or of all other commands. Reads and writes nothing else.",
    positionals: { shown: "[agents|include|front-matter|plan|report|output]", most: 1 },
    flags: output.filter(({ name }) => name === "help"),
    product: "output",
    document: "result",
    exits: [0, 1],
    examples: [
      "agentvane schema > agents.schema.json",
      "agentvane schema include > include.schema.json",
    ],
  },
  explain: {
    name: "explain",
    product: "output",
    document: "result",
    summary: "explain an error code and what to do about it; offline",
    about:
      "Prints the section of docs/problems.md about an error code, which error messages show in brackets. Works offline.",
    positionals: { shown: "CODE", most: 1 },
    flags: output,
    exits: [0],
    examples: ["agentvane explain drift_refused"],
  },
  completion: {
    name: "completion",
    summary: "print a completion script for bash, zsh or fish",
    about:
      "Prints a script for a shell to load. It completes commands, flags, their values and files. It also completes the keys, aliases and environments of agents.yaml, which it reads at that moment. Contacts no server and writes nothing. If agents.yaml cannot be read, it completes without it.",
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
    document: "result",
    exits: [0, 1],
    examples: [
      "source <(agentvane completion bash)",
      "agentvane completion zsh > ~/.zsh/completions/_agentvane",
      "agentvane completion fish > ~/.config/fish/completions/agentvane.fish",
    ],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
