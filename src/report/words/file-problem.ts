import type { SourceFault } from "../../config/sources.ts";
import { meant } from "./did-you-mean.ts";
import { positionText } from "./position.ts";
import type { ProblemWordings } from "./problem-wording.ts";
import { yamlAdvice } from "./yaml-advice.ts";

type FileCode =
  | "file_unavailable"
  | "empty_file"
  | "yaml_syntax"
  | "yaml_version"
  | "several_documents"
  | "unknown_tag"
  | "unresolved_alias"
  | "recursive_alias"
  | "bad_merge"
  | "too_deep"
  | "too_many_values"
  | "duplicate_key"
  | "key_not_text"
  | "bad_number"
  | "unclosed_front_matter"
  | "instructions_twice"
  | "no_match"
  | "bad_include"
  | "text_too_large";

/** A file that cannot be read, or is no YAML that is taken, in words. */
export const fileWordings: ProblemWordings<FileCode> = {
  file_unavailable: ({ path, fault, suggestions, isMain }) => ({
    message: `${path}: ${faults[fault]}`,
    ...(fault === "missing" && { hint: missingFileHint(suggestions, isMain) }),
  }),
  empty_file: ({ isMain }) =>
    isMain
      ? {
          message: "the file is empty",
          expected: "version, project and agents",
          hint: "`agentvane init` writes a file to start from.",
        }
      : { message: "the file is empty", expected: "a value in YAML or JSON" },
  yaml_syntax: ({ reason, rule }) => ({
    message: `this is not YAML: ${reason}`,
    hint: yamlAdvice(rule),
  }),
  yaml_version: ({ version }) => ({
    message: `YAML ${version} is not supported`,
    expected: "YAML 1.2",
  }),
  several_documents: () => ({ message: "the file contains several documents", expected: "one" }),
  unknown_tag: ({ tag }) => ({ message: `the tag ${tag} is not supported` }),
  unresolved_alias: ({ name }) => ({ message: `the anchor &${name} is not defined` }),
  recursive_alias: ({ name }) => ({ message: `*${name} contains itself` }),
  bad_merge: () => ({ message: "<< can only merge a map or a list of maps" }),
  too_deep: ({ limit }) => ({ message: `values are nested deeper than ${limit} levels` }),
  too_many_values: ({ limit }) => ({
    message: `the file has more than ${limit} values once its aliases are expanded`,
  }),
  duplicate_key: ({ name, first }) => ({
    message: `"${name}" is defined twice`,
    hint: `The first one is at ${positionText(first)}.`,
  }),
  key_not_text: () => ({
    message: "keys must be strings",
    hint: "Quote this one.",
  }),
  bad_number: ({ found }) => ({
    message: `${found} is not a number in JSON`,
    hint: "Put it in quotes if it is a string.",
  }),
  unclosed_front_matter: () => ({
    message: "the front matter is not closed",
    expected: "a line of --- above and below the definition",
  }),
  instructions_twice: () => ({
    message: "the instructions are both in the front matter and below it",
    expected: "one of them",
  }),
  no_match: ({ glob }) => ({ message: `no file matches ${glob}` }),
  bad_include: ({ path }) => ({
    message: `${path} cannot be included`,
    expected: ".yaml, .yml or .md",
  }),
  text_too_large: ({ limit }) => ({ message: `the text would exceed ${limit} characters` }),
};

const faults: { readonly [Fault in SourceFault]: string } = {
  missing: "the file does not exist",
  outside: "the path is outside the project's folder",
  hides_credentials: "files under .git and .env files may contain credentials and are never read",
  too_large: "the file is larger than 10 MiB",
  not_utf8: "the file is not UTF-8",
  not_a_file: "the path is not a file",
  unreadable: "the file cannot be read",
};

function missingFileHint(suggestions: readonly string[], isMain: boolean): string {
  if (suggestions.length === 0) {
    return isMain
      ? "Name the file with --file, or let `agentvane init` write one."
      : "Check the path: it is relative to the file that names it.";
  }
  return isMain ? `Did you mean --file ${suggestions[0]}?` : meant(suggestions);
}
