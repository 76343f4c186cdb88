import type { CommandSpec } from "../args/command-spec.ts";
import { completedArguments, completedValue, flagForms, valueFlags } from "../args/completed.ts";
import type { Completed } from "../args/placeholder.ts";

/**
 * The completion of a command table for bash from 3.2. Names are only compared and listed, never evaluated; bash itself
 * completes files, because it quotes them correctly.
 */
export function bashCompletion(table: readonly CommandSpec[]): string {
  return `# Completion of agentvane for bash, made by: agentvane completion bash
_agentvane() {
  local cur=\${COMP_WORDS[COMP_CWORD]} command=\${COMP_WORDS[1]} file=agents.yaml
  local flag= before= place=1 word i
  COMPREPLY=()
  for ((i = 2; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ -n $flag ]]; then
      [[ $word == "=" ]] && continue
      case $flag in -f | --file) file=$word ;; esac
      flag=
      continue
    fi
    case $word in
      --file=*) file=\${word#*=} ;;
      --*=*) ;;
      ${valueFlags(table).join(" | ")}) flag=$word ;;
      -*) ;;
      *) place=$((place + 1)) ;;
    esac
  done
  if [[ -n $flag && $cur == "=" ]]; then
    cur=
  elif [[ -z $flag && $cur == --*=* ]]; then
    flag=\${cur%%=*} before=\${cur%%=*}= cur=\${cur#*=}
  fi
  if ((COMP_CWORD == 1)); then
    _agentvane_words ${table.map(({ name }) => name).join(" ")} help
  elif [[ -n $flag ]]; then
    case "$command $flag" in
${caseLines(table.flatMap(flagCases))}
    esac
  elif [[ $cur == -* ]]; then
    case $command in
${table.map(({ name, flags }) => `      ${name}) _agentvane_words ${flags.map((flag) => `--${flag.name}`).join(" ")} ;;`).join("\n")}
    esac
  else
    case "$command $place" in
${caseLines([...table.flatMap(argumentCases), commandNames(table)])}
    esac
  fi
}

# Offers words. What these functions read are the caller's variables.
_agentvane_words() {
  local word
  _agentvane_no_files
  for word; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$before$word")
  done
}

# Offers names of agents.yaml: keys or aliases, of which several may stand between commas.
_agentvane_names() {
  local name path=\${file//[\\"\\'\\\\]/}
  _agentvane_no_files
  path=\${path/#\\~\\//$HOME/}
  if [[ $2 == many && $cur == *,* ]]; then
    before=$before\${cur%,*}, cur=\${cur##*,}
  fi
  while IFS= read -r name; do
    [[ -n $name && $name == "$cur"* ]] && COMPREPLY+=("$before$name")
  done <<< "$(agentvane completion --list "$1" --file "$path" 2> /dev/null)"
}

_agentvane_no_files() {
  compopt +o default 2> /dev/null
}

complete -o default -F _agentvane agentvane
`;
}

type CompletionCase = { readonly pattern: string; readonly completed: Completed };

function flagCases({ name, flags }: CommandSpec): readonly CompletionCase[] {
  return flags
    .filter(({ takes }) => takes !== "switch")
    .flatMap((flag) => {
      const completed = completedValue(flag);
      return flagForms(flag).map((form) => ({ pattern: `"${name} ${form}"`, completed }));
    });
}

function argumentCases(command: CommandSpec): readonly CompletionCase[] {
  return completedArguments(command).map((completed, at) => ({
    pattern: `"${command.name} ${at + 1}"`,
    completed,
  }));
}

function commandNames(table: readonly CommandSpec[]): CompletionCase {
  const words = table.map(({ name }) => name);
  return { pattern: '"help 1"', completed: { kind: "words", words } };
}

/** The words of one completion share a line; bash completes files. */
function caseLines(cases: readonly CompletionCase[]): string {
  const byAction = new Map<string, string[]>();
  for (const { pattern, completed } of cases) {
    if (completed.kind === "nothing") continue;
    const action = actionOf(completed);
    byAction.set(action, [...(byAction.get(action) ?? []), pattern]);
  }
  const lines = [...byAction].map(
    ([action, patterns]) => `      ${patterns.join(" | ")}) ${action} ;;`,
  );
  return [...lines, "      *) _agentvane_no_files ;;"].join("\n");
}

function actionOf(completed: Exclude<Completed, { kind: "nothing" }>): string {
  switch (completed.kind) {
    case "words":
      return `_agentvane_words ${completed.words.join(" ")}`;
    case "names":
      return `_agentvane_names ${completed.of}${completed.many ? " many" : ""}`;
    case "files":
      return ":";
  }
}
