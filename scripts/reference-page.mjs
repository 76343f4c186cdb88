// The reference page of agents.yaml: hand-written frame, tables from the field table.
import { examples } from "./agents-yaml-examples.mjs";

/** The whole page, from the rows of `src/agent/agent-table.ts`. */
export function referencePage(agentTable) {
  const byName = new Map(agentTable.map((row) => [row.name, row]));
  const toolbox = byName.get("tools").kind;
  const tools = Object.entries(toolbox.of.cases);
  return `${frame}
## Properties of an agent

${table(agentTable)}

### completion_args

${table(byName.get("completion_args").kind.rows)}

${examples.completion_args}

#### completion_args.response_format

${table(nested(byName.get("completion_args").kind.rows, "response_format"))}

### tools

A bare type, such as \`web_search\`, is short for \`{ type: web_search }\`.

${examples.tools}

${tools.map(([type, rows]) => `#### ${type}\n\n${rows.length > 0 ? table(flat(rows)) : "No properties."}`).join("\n\n")}

### guardrails

Each entry of the list:

${table(flat(byName.get("guardrails").kind.of.rows))}

${examples.guardrails}
`;
}

const frame = `<!-- Written by "npm run generate" from src/agent/. Do not edit. -->
# agents.yaml

<!-- docs-test project . -->
The file is the whole truth about its agents: a property that is absent is *unset* on the agent. Three things
are left alone: labels in \`metadata\` that the file does not declare, \`deployment_chat\` unless it is declared,
and whatever this version of agentvane does not know.

| top level | what it is |
|---|---|
| \`version\` | format of the file: 1 |
| \`project\` | the unit of ownership: lower-case letters, digits and hyphens |
| \`include\` | more files, as globs: YAML with \`agents\` and \`moved\`, or \`.md\` files that are one agent each |
| \`vars\` | variables for \`\${{ vars.name }}\`; \`AGENTVANE_VAR_name\` and \`--var name=value\` override them |
| \`defaults\` | put under every agent: maps merge, lists and scalars are replaced |
| \`environments\` | what is different where, chosen with \`--env\` or AGENTVANE_ENV |
| \`agents\` | the agents by key |
| \`gates\` | commands that must succeed before anything is released |
| \`checks\` | conversations that must go well before anything is released |
| \`moved\` | keys that were renamed, as a list of \`{ from: router, to: triage }\` |

${examples.whole}

## Renames

An agent that \`moved\` renames stays the same one: it keeps its id, its versions and its aliases. One entry
may go on where another ends; the last \`to\` is a key of this project, and no \`from\` is.

${examples.moved}

## Gates

A gate has a command (\`run\`), and may have \`agents\` (keys; all without it) and a \`timeout\`. It runs once for each of
its agents that is about to be released, in a shell, in the folder of this file, with AGENTVANE_AGENT_ID,
AGENTVANE_AGENT_KEY and AGENTVANE_AGENT_VERSION set; an exit code other than 0 keeps everything as it was.

${examples.gates}

## Checks

A check holds a conversation with each of its agents that is about to be released, at exactly the version that would be,
and compares what comes of it. \`agentvane check\` runs the same checks on what is released already.

| | what it is |
|---|---|
| \`name\` | what the check is called; its number without it |
| \`agents\` | keys; all agents without it |
| \`say\` | what the user says; a list for several turns; \`{ file: … }\` works |
| \`expect.handoff\` | the key of the agent that took over, or \`{ id: ag_… }\`, anywhere in the conversation |
| \`expect.calls\` | a function that was called, or \`{ name, arguments }\` with arguments that must be among those of the call; or a list |
| \`expect.contains\`, \`not_contains\` | texts of the last message, exactly: case counts |
| \`expect.matches\` | regular expressions of JavaScript, with the flag \`u\` |
| \`expect.json_schema\` | the last message is JSON that follows this schema; \`{ file: … }\` works |
| \`expect.max_output_tokens\` | most tokens of all answers together |
| \`functions\` | what called functions answer, by name; \`{ file: … }\` works; others answer with an error |
| \`tries\`, \`passes\` | the conversation is held up to \`tries\` times (1); \`passes\` of them must hold (all) |

Everything that is given must hold. A try takes at most 10 requests, and one request \`--check-timeout\`; a request that
fails is a failed try, but for a rate limit, which is waited for. Tools that ask for a confirmation are denied it.

${examples.checks}

A model does not say the same thing twice, so ask for what matters and give it a few \`tries\`. Handoffs carry no version:
a conversation that is handed over goes on with the *default* version of the next agent. In an apply that is the new
version of an agent which the same apply writes, and otherwise what stands there. Mistral keeps nothing of a conversation,
except where it cannot be held otherwise (handoffs together with functions or several turns, confirmations); such a one is
deleted afterwards.

## Environments

An environment may have \`api_key_env\` (the variable that holds its key; MISTRAL_API_KEY without it), \`workspace\` (the name
or id of the one that this key must belong to; another one is refused, an unanswered look-up is a note),
\`history: ancestors\` ([only commits that contain what was applied](branches.md)), \`vars\`,
\`defaults\` and \`agents\`, which override those of the file: defaults, defaults of the environment, the agent, what the
environment says of the agent, each over the ones before. Agents of different environments are different agents. A
project that has environments needs one chosen; \`validate\` alone tries each of them.

${examples.environments}

## Aliases, protection, adoption

Besides its properties, an agent may have:

| | what it is |
|---|---|
| \`aliases\` | \`[prod]\`, or a map: \`latest\` follows each new version, a number pins, \`null\` removes |
| \`id\` | binds the key to an agent that exists |
| \`lifecycle.prevent_destroy\` | \`true\`: never deleted |
| \`lifecycle.ignore_changes\` | paths that are neither compared nor sent changed, such as \`completion_args.temperature\` |

${examples.release}

## Variables, secrets and files

Any text may contain \`\${{ vars.x }}\`, \`\${{ env.X }}\` and \`\${{ environment }}\` (the name of the chosen environment); \`$\${{\` is a literal \`\${{\`. \`\${{ secrets.X }}\` stands only
where the API keeps a secret to itself: in the \`value\` of an authorization. Only an \`apply\` that sends a secret
needs it; every other command works without it, and \`plan\` notes which ones an apply would need. \`validate\` and
\`graph\` also accept an unset \`env.X\`, with a note. \`{ file: path }\` reads a text or, where
an object is expected, JSON or YAML; paths are relative to the file that names them and stay inside the project.
Files under \`.git\` and \`.env\` files are never read, since they hold credentials.

A variable that holds an API key (\`MISTRAL_API_KEY\`, and every \`api_key_env\` of the file) is never a template value: a
prompt is read by everybody who can read the agent. Keys and secrets are masked in all output
([how, and where that ends](design.md#what-is-never-shown)); use long, random ones.

${examples.files}

A \`.md\` file that \`include\` finds is one agent: YAML between two lines \`---\`, below it the instructions; its name is the
key.

${examples.markdown}

${examples.editor}

## In your editor

Editors with yaml-language-server (VS Code, Neovim, JetBrains and others) complete and check the files by a schema that
the first line of a file names. \`init\` and \`import\` write \`agents.schema.json\` and that line. An included file and
front matter have schemas of their own:

\`\`\`sh
agentvane schema include > include.schema.json
agentvane schema front-matter > front-matter.schema.json
\`\`\`

\`\`\`yaml agents/more.yaml
# yaml-language-server: $schema=../include.schema.json
agents:
  greeter:
    model: mistral-small-latest
\`\`\`
`;

function nested(rows, name) {
  return flat([rows.find((row) => row.name === name)]);
}

/** Rows with those of the records inside them, by dotted name. */
function flat(rows, prefix = "") {
  return rows.flatMap((row) => {
    const named = { ...row, name: prefix + row.name };
    const inside = row.kind.kind === "record" ? row.kind.rows : [];
    return [named, ...flat(inside, `${named.name}.`)];
  });
}

function table(rows) {
  const lines = rows.map(
    (row) =>
      `| \`${row.name}\` | ${wordFor(row.kind)} | ${row.unset === undefined ? "required" : ""} | ${row.doc} |`,
  );
  return ["| name | value | | |", "|---|---|---|---|", ...lines].join("\n");
}

function wordFor(kind) {
  const range = (low, high) =>
    low === undefined ? "" : high === undefined ? ` from ${low}` : ` ${low} to ${high}`;
  switch (kind.kind) {
    case "text":
      return "text";
    case "prose":
      return "text or `{ file }`";
    case "number":
      return `${kind.integer ? "whole number" : "number"}${range(kind.minimum, kind.maximum)}`;
    case "flag":
      return "true or false";
    case "choice":
      return kind.of.map((each) => `\`${each}\``).join(", ");
    case "texts":
      return "text or list of texts";
    case "set":
      return kind.of === "ids" ? "list of ids" : "list of names";
    case "list":
      return "list";
    case "record":
      return "map";
    case "variant":
      return `map with \`${kind.by}\`: ${Object.keys(kind.cases)
        .map((each) => `\`${each}\``)
        .join(" or ")}`;
    case "toolbox":
      return "list of tools";
    case "json":
      return "JSON, as written, or `{ file }`";
    case "secret":
      return "secret";
    case "labels":
      return "map of labels";
    case "handoffs":
      return "list of keys or `{ id }`";
    default:
      throw new Error(`no words for kind ${kind.kind}`);
  }
}
