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
The file defines its agents completely: a property that is not in the file is *unset* on the agent. There are three
exceptions: labels in \`metadata\` that the file does not declare, \`deployment_chat\` if it is not declared,
and properties that this version of agentvane does not know.

| top level | meaning |
|---|---|
| \`version\` | the format of the file: 1 |
| \`project\` | owns the agents of this file; lower-case letters, digits and hyphens |
| \`include\` | more files, as globs: YAML with \`agents\` and \`moved\`, or \`.md\` files that are one agent each |
| \`vars\` | variables for \`\${{ vars.name }}\`; \`AGENTVANE_VAR_name\` and \`--var name=value\` override them |
| \`defaults\` | merged into every agent: maps merge, lists and single values are replaced |
| \`environments\` | settings and overrides of each environment, chosen with \`--env\` or AGENTVANE_ENV |
| \`agents\` | the agents by key |
| \`gates\` | commands that must succeed before anything is released |
| \`checks\` | conversations that must succeed before anything is released |
| \`moved\` | keys that were renamed, as a list of \`{ from: router, to: triage }\` |

${examples.whole}

## Renames

An agent that \`moved\` renames stays the same agent: it keeps its id, its versions and its aliases. Entries may be
chained. The last \`to\` must be a key of this project; a \`from\` must not be one.

${examples.moved}

## Gates

A gate has a command (\`run\`), and may have \`agents\` (their keys; default: all) and a \`timeout\`. The command runs in a shell, in the
folder of this file, once for each of its agents that is about to be released. AGENTVANE_AGENT_ID,
AGENTVANE_AGENT_KEY and AGENTVANE_AGENT_VERSION are set. If it exits with another code than 0, nothing is released.

${examples.gates}

## Checks

A check holds a conversation with each of its agents that is about to be released, with exactly the new version, and compares
the result. \`agentvane check\` runs the same checks on the released versions.

| | meaning |
|---|---|
| \`name\` | the name of the check; default: its number |
| \`agents\` | keys of its agents; default: all |
| \`say\` | what the user says; a list for several turns; \`{ file: … }\` works |
| \`expect.handoff\` | the key of the agent that took over, or \`{ id: ag_… }\`, anywhere in the conversation |
| \`expect.calls\` | a function that was called, or \`{ name, arguments }\` with arguments that must be among those of the call; or a list |
| \`expect.contains\`, \`not_contains\` | strings that the last message contains, or does not contain; case matters |
| \`expect.matches\` | JavaScript regular expressions, with the flag \`u\` |
| \`expect.json_schema\` | the last message is JSON that follows this schema; \`{ file: … }\` works |
| \`expect.max_output_tokens\` | the most tokens that all answers may take together |
| \`functions\` | the answers of called functions, by name; \`{ file: … }\` works; other functions answer with an error |
| \`tries\`, \`passes\` | the conversation is held up to \`tries\` times (default: 1); \`passes\` of them must succeed (default: all) |

All expectations must be met. A try takes at most 10 requests, and each request at most \`--check-timeout\`. If a request
fails, the try fails; after a rate limit, the check waits. If a tool asks for a confirmation, it is denied.

${examples.checks}

A model does not give the same answer twice, so expect only what matters, and allow a few \`tries\`. Handoffs carry no version:
after a handoff, the *default* version of the next agent answers. If the same apply writes that agent, its new version is the
default. Mistral stores a conversation only if it cannot be held otherwise (handoffs together with functions or several turns,
confirmations); agentvane deletes it afterwards.

## Environments

An environment may have:

- \`api_key_env\`: the variable that holds its API key; default: MISTRAL_API_KEY;
- \`workspace\`: the name or id of the workspace that the key must belong to. A key of another workspace is refused; if the server
  does not tell the workspace, that is a note;
- \`history: ancestors\`: apply [only commits that contain the applied commit](branches.md);
- \`ephemeral\`: agents that will be deleted again, as in [previews](previews.md);
- \`vars\`, \`defaults\` and \`agents\`, which override those of the file.

The values of an agent come from four places, and later ones override earlier ones: the defaults, the defaults of the environment,
the agent, the overrides of the environment for this agent. Agents of different environments are different agents. If a project has
environments, you must choose one; only \`validate\` checks all of them.

${examples.environments}

## Aliases, protection, adoption

Besides its properties, an agent may have:

| | meaning |
|---|---|
| \`aliases\` | \`[prod]\`, or a map: \`latest\` follows each new version, a number pins, \`null\` removes |
| \`id\` | binds the key to an existing agent |
| \`lifecycle.prevent_destroy\` | \`true\`: agentvane never deletes the agent |
| \`lifecycle.ignore_changes\` | paths that are not compared and keep their value on the server, such as \`completion_args.temperature\` |

${examples.release}

## Variables, secrets and files

Any text may contain \`\${{ vars.x }}\`, \`\${{ env.X }}\` and \`\${{ environment }}\` (the name of the chosen environment); \`$\${{\` is a literal \`\${{\`. \`\${{ secrets.X }}\` is allowed only
where the API never returns the secret: in the \`value\` of an authorization. Only an \`apply\` that sends a secret
needs it; all other commands work without it, and \`plan\` notes which secrets an apply would need. \`validate\` and
\`graph\` also accept an unset \`env.X\`, with a note. \`{ file: path }\` reads a text or, where
an object is expected, JSON or YAML. Paths are relative to the file that names them, and must stay inside the project.
Files under \`.git\` and \`.env\` files are never read, because they hold credentials.

A variable that holds an API key (\`MISTRAL_API_KEY\`, and every \`api_key_env\` of the file) cannot be used in a template, because
everybody who can read the agent can read its prompt. Keys and secrets are masked in all output
([how, and what is not masked](design.md#what-is-never-shown)); use long, random ones.

${examples.files}

A \`.md\` file that \`include\` finds is one agent: YAML between two lines \`---\`, and the instructions below. The name of the file is
the key.

${examples.markdown}

${examples.editor}

## In your editor

Editors with yaml-language-server (VS Code, Neovim, JetBrains and others) complete and check a file by the schema that
its first line names. \`init\` and \`import\` write \`agents.schema.json\` and that line. Included files and
front matter have their own schemas:

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
