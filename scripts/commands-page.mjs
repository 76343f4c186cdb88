// The page about commands: what `agentvane help COMMAND` tells, as Markdown.

/** The whole page, from the command table and what help makes of it. */
export function commandsPage(commandTable, help, exitMeanings) {
  const rows = commandTable.map(
    ({ name, summary }) => `| [${name}](#${name}) | ${cell(summary)} |`,
  );
  const sections = commandTable.map((command) => section(command, help, exitMeanings));
  return `<!-- Written by "npm run generate" from src/cli/args/command-table.ts. Do not edit. -->
# Commands

\`agentvane help COMMAND\` prints the same in a terminal. stdout carries the result, stderr everything else. The key comes
from the environment, never from a flag.

| command | does |
|---|---|
${rows.join("\n")}

64, 129, 130 and 143 are [exit codes](exit-codes.md) of every command. Times are written as \`300ms\`, \`2s\` or \`10m\`; of a flag
that is given twice the last one counts, unless it may be repeated. Flags that several commands share are
[below](#shared-flags).

${sections.join("\n")}
## Shared flags

${help.flagGroups.map(({ title, flags }) => `### ${title}\n\n${flagTable(flags, help)}\n`).join("\n")}
## Environment

| variable | |
|---|---|
${help.environmentTable.map(({ name, doc }) => `| \`${name}\` | ${cell(doc)} |`).join("\n")}
`;
}

function section(command, help, exitMeanings) {
  const { name, summary, about, exits, examples } = command;
  const [own, shared] = [[], []];
  for (const [title, flags] of help.groupedFlags(command)) {
    (title === "Flags" ? own : shared).push(...flags);
  }
  const parts = [
    `${aside(name)}## ${name}`,
    `${summary[0].toUpperCase()}${summary.slice(1)}.`,
    `\`\`\`text\n${help.usageOf(command)}\n\`\`\``,
    about,
    own.length > 0 && flagTable(own, help),
    `${own.length > 0 ? "Also" : "Flags"}: ${shared.map((flag) => `\`${help.flagForm(flag)}\``).join(", ")}.`,
    `| exit code | |\n|---|---|\n${exits.map((code) => `| ${code} | ${exitMeanings[code].brief} |`).join("\n")}`,
    `\`\`\`sh\n${examples.join("\n")}\n\`\`\``,
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function flagTable(flags, help) {
  const rows = flags.map((flag) => `| \`${cell(help.flagForm(flag))}\` | ${cell(flag.doc)} |`);
  return ["| flag | |", "|---|---|", ...rows].join("\n");
}

/** In a table a bar ends the cell, in code too. */
function cell(text) {
  return text.replaceAll("|", "\\|");
}

/** What a test does before it runs the examples of a command; a reader does not see it. */
function aside(name) {
  const commands = asides[name];
  return commands === undefined ? "" : `<!-- docs-test\n${commands}\n-->\n`;
}

const asides = {
  validate: `cat > agents.yaml <<'EOF'
version: 1
project: acme
vars: { edition: one, tone: friendly }
defaults: { model: mistral-small-latest, aliases: [staging, prod] }
agents:
  triage: { instructions: "Edition \${{ vars.edition }}. Be \${{ vars.tone }}." }
  old-agent: { instructions: Still here. }
EOF
mkdir -p fleet && cp agents.yaml fleet/
for edition in one two three one; do agentvane apply --auto-approve --var edition=$edition; done`,
  completion: "mkdir -p ~/.zsh/completions ~/.config/fish/completions",
};
