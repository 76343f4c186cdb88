import type { CommandSpec } from "../args/command-spec.ts";
import { completedArguments, completedValue, valueFlags } from "../args/completed.ts";
import type { Flag } from "../args/flags.ts";
import type { Completed } from "../args/placeholder.ts";

/** The completion of a command table for fish. */
export function fishCompletion(table: readonly CommandSpec[]): string {
  return `# Completion of agentvane for fish, made by: agentvane completion fish

function __agentvane_is --description 'Whether one of these commands is being completed'
    set -l words (commandline -opc)
    test (count $words) -ge 2; and contains -- $words[2] $argv
end

function __agentvane_place --description 'Whether the positional argument of this number comes next'
    set -l words (commandline -opc)
    set -l place 1
    set -l flag
    for word in $words[3..-1]
        if test -n "$flag"
            set flag
        else if contains -- $word ${valueFlags(table).join(" ")}
            set flag $word
        else if not string match -q -- '-*' $word
            set place (math $place + 1)
        end
    end
    test $place -eq $argv[1]
end

function __agentvane_names --description 'Names in agents.yaml: keys or aliases'
    set -l words (commandline -opc)
    set -l file agents.yaml
    for at in (seq 3 (count $words))
        if contains -- $words[(math $at - 1)] -f --file
            set file $words[$at]
        else if string match -q -- '--file=*' $words[$at]
            set file (string replace -- --file= '' $words[$at])
        end
    end
    agentvane completion --list $argv[1] --file (string replace -r '^~/' "$HOME/" -- $file) 2>/dev/null
end

complete -c agentvane -f
complete -c agentvane -n 'test (count (commandline -opc)) -eq 1' -a help -d 'what a command does and takes'
complete -c agentvane -n '__agentvane_is help; and __agentvane_place 1' -a ${quoted(table.map(({ name }) => name).join(" "))}
${table.flatMap(commandLines).join("\n")}
`;
}

function commandLines(command: CommandSpec): readonly string[] {
  const { name, summary, flags } = command;
  return [
    "",
    `complete -c agentvane -n 'test (count (commandline -opc)) -eq 1' -a ${name} -d ${quoted(summary)}`,
    ...flags.map((flag) => flagLine(name, flag)),
    ...completedArguments(command).map(
      (completed, at) =>
        `complete -c agentvane -n '__agentvane_is ${name}; and __agentvane_place ${at + 1}' ${valueArguments(completed)}`,
    ),
  ];
}

function flagLine(command: string, flag: Flag): string {
  const { name, short, takes, doc } = flag;
  const form = `${short === undefined ? "" : `-s ${short} `}-l ${name}`;
  const value = takes === "switch" ? "" : ` -r ${valueArguments(completedValue(flag))}`;
  return `complete -c agentvane -n '__agentvane_is ${command}' ${form}${value} -d ${quoted(doc)}`;
}

function valueArguments(completed: Completed): string {
  switch (completed.kind) {
    case "words":
      return `-f -a ${quoted(completed.words.join(" "))}`;
    case "names": {
      const names = `__agentvane_names ${completed.of}`;
      return `-f -a '(${completed.many ? `__fish_complete_list , "${names}"` : names})'`;
    }
    case "files":
      return "-F";
    case "nothing":
      return "-f";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
}
