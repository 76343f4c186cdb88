import type { CommandSpec } from "../args/command-spec.ts";
import { completedArguments, completedValue, flagForms } from "../args/completed.ts";
import type { Flag } from "../args/flags.ts";
import type { Completed } from "../args/placeholder.ts";

/** The completion of a command table for zsh, to be sourced or put into the functions path. */
export function zshCompletion(table: readonly CommandSpec[]): string {
  return `#compdef agentvane
# Completion of agentvane for zsh, made by: agentvane completion zsh
_agentvane() {
  local curcontext=$curcontext state line
  local -A opt_args
  local -a commands=(
${table.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join("\n")}
    'help:what a command does and takes'
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${table.map(commandCase).join("\n")}
    help) (( CURRENT == 2 )) && _describe -t commands command commands ;;
  esac
}

# Names of agents.yaml: keys or aliases, of which several may stand between commas.
_agentvane_names() {
  local file=agents.yaml at
  for (( at = 2; at < CURRENT; at++ )); do
    case $words[at] in
      -f | --file) file=\${words[at + 1]} ;;
      --file=*) file=\${words[at]#*=} ;;
    esac
  done
  file=\${\${(Q)file}/#\\~\\//$HOME/}
  local -a names=(\${(f)"$(agentvane completion --list "$1" --file "$file" 2> /dev/null)"})
  [[ $2 == many ]] && compset -P '*,'
  compadd -a names
}

if [[ $funcstack[1] == _agentvane ]]; then
  _agentvane "$@"
else
  compdef _agentvane agentvane
fi
`;
}

function commandCase(command: CommandSpec): string {
  const specs = [
    ...command.flags.flatMap(flagSpecs),
    ...completedArguments(command).map((completed, at) =>
      quoted(`${at + 1}:${messageOf(completed)}:${actionOf(completed)}`),
    ),
  ];
  return `    ${command.name})
      _arguments -S \\
${specs.map((spec) => `        ${spec}`).join(" \\\n")}
      ;;`;
}

/** Each form of a flag; a repeatable flag does not exclude itself. */
function flagSpecs(flag: Flag): readonly string[] {
  const { takes, doc } = flag;
  const forms = flagForms(flag);
  const repeated = takes === "list" ? "*" : `(${forms.join(" ")})`;
  const explained = `[${doc.replaceAll(/[[\]\\]/g, "\\$&")}]`;
  return forms.map((form) => {
    if (takes === "switch") return quoted(`${repeated}${form}${explained}`);
    const completed = completedValue(flag);
    const joined = form.startsWith("--") ? "=" : "+";
    const message = (flag.placeholder ?? "").replaceAll(":", "\\:");
    return quoted(`${repeated}${form}${joined}${explained}:${message}:${actionOf(completed)}`);
  });
}

function messageOf(completed: Completed): string {
  return completed.kind === "names" ? completed.of : completed.kind;
}

/** An action that starts with a space is called without extra arguments; a single space completes nothing. */
function actionOf(completed: Completed): string {
  switch (completed.kind) {
    case "words":
      return `(${completed.words.join(" ")})`;
    case "names":
      return ` _agentvane_names ${completed.of}${completed.many ? " many" : ""}`;
    case "files":
      return "_files";
    case "nothing":
      return " ";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
