// The page about the emulator: hand-written frame, table of its switches.

/** The whole page, from the rows of `src/emulator/behaviour.ts`. */
export function emulatorPage(switches) {
  const rows = Object.entries(switches).map(([name, row]) => {
    const values =
      row.values?.map((each) => `\`${each}\``).join(", ") ?? `a whole number from ${row.atLeast}`;
    return `| \`${name}\` | ${values} | \`${row.default ?? "none"}\` | ${row.doc} |`;
  });
  return `${frame}
| switch | values | default | what it decides |
|---|---|---|---|
${rows.join("\n")}
`;
}

const frame = `<!-- Written by "npm run generate" from src/emulator/behaviour.ts. Do not edit. -->
# The emulator

\`agentvane emulate\` serves the Agents API on 127.0.0.1: agents, versions, aliases, conversations, and the
look-ups of models, libraries and connectors. Any key will do. Requests are validated, answers fill in the defaults, and the official
SDK drives every operation of it in the tests. With \`--local\`, every command that needs a server uses the same
emulator inside its own process and keeps the data in \`.agentvane/local.json\`. As a server does, that file holds the secrets
of connectors as they were sent: only its owner may read it, git ignores it, and it belongs in no artifact, cache or
image. \`--data FILE\` is such a file too.

\`\`\`sh
agentvane emulate --port 8787 --data agents.json
AGENTVANE_SERVER_URL=http://127.0.0.1:8787 MISTRAL_API_KEY=local-emulator agentvane plan
\`\`\`

The first command runs until you press Ctrl-C, so type the second one in another terminal.

Several runs or servers can use one data file at the same time: each change starts from the data that the others saved, so two
applies end as they do against a server. While a change is saved, the others wait for the lock file beside it, \`local.json.lock\`. If a
killed run left a lock, the next run takes it over. \`.agentvane\` and its contents must not be links.

The emulator answers only requests whose \`Host\`, and \`Origin\` if there is one, is \`localhost\`, \`127.x.x.x\` or \`[::1]\`. So a web page
that points its own name to this machine gets 403. A body of more than 64 MiB gets 413.

## Conversations

Conversations can be started, appended to, restarted, read and deleted, streamed or not, stored or not. There is no
model behind them: \`--conversations FILE\` names a script, a JSON list of rules. The first rule that matches answers;
if none matches, the answer is a fixed sentence with the agent and its version.

\`\`\`json conversations.json
[
  {
    "agent": "triage",
    "input": "money back",
    "instructions": "refunds",
    "reply": [{ "type": "agent.handoff", "to": "refunds" }]
  },
  { "agent": "refunds", "reply": "Your refund is on its way." },
  {
    "agent": "triage",
    "input": "order 123",
    "reply": [{ "type": "function.call", "name": "lookup_order", "arguments": { "order": "123" } }]
  },
  { "agent": "triage", "input": "shipped", "reply": "It was shipped." }
]
\`\`\`

| member | meaning |
|---|---|
| \`agent\` | the name or the id of the agent that answers |
| \`version\` | the number of its version |
| \`input\` | occurs in the newest input: what the user said, or what a function answered |
| \`instructions\` | occurs in the instructions of that version |
| \`reply\` | a message, or a list of entries: \`message.output\`, \`function.call\`, \`tool.execution\`, \`agent.handoff\` |
| \`usage\` | the token counts; estimated when left out |
| \`delay_ms\` | how long the answer takes |
| \`times\` | how often the rule applies |

A rule whose reply the version is not able to give does not apply: a handoff to an agent that it does not hand off to,
a call of a function that it does not have. After a handoff the next agent answers by its own rules.

## Faults

\`--fault\` takes a JSON object and may be repeated. \`method\` and \`path\` (a regular expression over path and query)
say which requests it is for, \`skip\` lets the first ones pass, \`times\` says how often it occurs (1; \`null\` is for
ever). What happens is one of:

| fault | what happens |
|---|---|
| \`{"status": 503}\` | that status; with \`retry_after\`, \`body\`, or \`after_commit: true\` |
| \`{"effect": "lose_answer"}\` | it is done, then the connection is destroyed |
| \`{"effect": "lose_request"}\` | the connection is destroyed, nothing is done |
| \`{"effect": "hang"}\`, \`"hang_after_commit"\` | no answer, ever |
| \`{"effect": "late_commit", "after": 3}\` | no answer; it is done after three more requests |
| \`{"effect": "cut_body"}\` | half of the answer |
| \`{"effect": "not_json"}\` | a web page |
| \`{"effect": "repeat_cursor"}\`, \`"cut_page"\` | a listing that goes wrong |
| \`{"effect": "alter", "set": {"model": "x"}}\` | it is done, but with other values |

\`\`\`sh
agentvane emulate --fault '{"method":"PATCH","status":503,"times":2}'
\`\`\`

## Switches

Where the API is undocumented, a server may behave one way or another. \`--switch NAME=VALUE\` chooses; agentvane's
own tests run under each of these.
`;
