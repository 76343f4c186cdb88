import type { Position } from "../agent/position.ts";
import type { SourceFault } from "./sources.ts";

/** What a value in a file is or should be, in the words of YAML. */
export type ValueType =
  | "text"
  | "number"
  | "integer"
  | "flag"
  | "list"
  | "map"
  | "null"
  | "file"
  | "alias_target";

/** The kinds of names that have a form of their own. */
export type NameKind = "agent_key" | "slug" | "environment" | "alias" | "variable" | "text";

/** Where a template takes its text from. */
export type TemplateSource = "vars" | "env" | "secrets" | "environment";

/** What is wrong, without its position: one member per code, with the data that its message needs. */
export type ProblemKind =
  | {
      readonly code: "file_unavailable";
      readonly path: string;
      readonly fault: SourceFault;
      /** Files of the same folder that were probably meant. */
      readonly suggestions: readonly string[];
      /** It is the one that the command line names, or agents.yaml. */
      readonly isMain: boolean;
    }
  | { readonly code: "empty_file"; readonly isMain: boolean }
  /** `rule` is the parser's name for what was broken. */
  | { readonly code: "yaml_syntax"; readonly reason: string; readonly rule: string }
  | { readonly code: "yaml_version"; readonly version: string }
  | { readonly code: "several_documents" }
  | { readonly code: "unknown_tag"; readonly tag: string }
  | { readonly code: "unresolved_alias"; readonly name: string }
  | { readonly code: "recursive_alias"; readonly name: string }
  | { readonly code: "bad_merge" }
  | { readonly code: "too_deep"; readonly limit: number }
  | { readonly code: "too_many_values"; readonly limit: number }
  | { readonly code: "duplicate_key"; readonly name: string; readonly first: Position }
  | { readonly code: "key_not_text" }
  | { readonly code: "bad_number"; readonly found: string }
  | { readonly code: "unclosed_front_matter" }
  | { readonly code: "instructions_twice" }
  | {
      readonly code: "unknown_key";
      readonly name: string;
      readonly known: readonly string[];
      readonly suggestions: readonly string[];
      /** The member of the same map that has a member of this name. */
      readonly under?: string;
    }
  | { readonly code: "missing_key"; readonly name: string }
  | {
      readonly code: "wrong_type";
      readonly expected: readonly ValueType[];
      readonly found: ValueType;
      /** How a right value is written. */
      readonly example?: string;
    }
  | {
      readonly code: "out_of_range";
      readonly found: number;
      readonly minimum?: number;
      readonly maximum?: number;
    }
  | {
      readonly code: "not_a_choice";
      readonly found: string;
      readonly choices: readonly string[];
      readonly suggestions: readonly string[];
    }
  | { readonly code: "empty_value" }
  | {
      readonly code: "bad_form";
      readonly what: NameKind;
      readonly found: string;
      readonly pattern: string;
      readonly example?: string;
    }
  | { readonly code: "reserved_label"; readonly name: string }
  | { readonly code: "not_together"; readonly name: string; readonly other: string }
  | { readonly code: "bad_template"; readonly found: string }
  | { readonly code: "template_not_allowed" }
  | { readonly code: "secret_not_allowed"; readonly name: string }
  /** The variable holds the API key of some environment. */
  | { readonly code: "api_key_not_allowed"; readonly name: string }
  | {
      readonly code: "undefined_variable";
      readonly source: TemplateSource;
      readonly name: string;
      readonly suggestions: readonly string[];
    }
  | { readonly code: "text_too_large"; readonly limit: number }
  | { readonly code: "no_match"; readonly glob: string }
  | { readonly code: "bad_include"; readonly path: string }
  | { readonly code: "duplicate_agent"; readonly name: string; readonly first: Position }
  | { readonly code: "duplicate_id"; readonly name: string; readonly first: Position }
  | { readonly code: "duplicate_function"; readonly name: string; readonly first: Position }
  | {
      readonly code: "unknown_agent";
      readonly name: string;
      readonly in: "handoffs" | "moved" | "environments" | "gates" | "checks";
      readonly suggestions: readonly string[];
    }
  /** There are environments, and none was chosen. */
  | { readonly code: "environment_missing"; readonly known: readonly string[] }
  | {
      readonly code: "unknown_environment";
      readonly name: string;
      readonly known: readonly string[];
      readonly suggestions: readonly string[];
    }
  /** Several patterns match the name, and none of them is the name itself. */
  | {
      readonly code: "ambiguous_environment";
      readonly name: string;
      readonly patterns: readonly string[];
    }
  /** The instructions are a path as text, and a file of that path exists. */
  | { readonly code: "file_forgotten"; readonly path: string }
  | { readonly code: "handoff_twice"; readonly name: string; readonly first: Position }
  | { readonly code: "handoff_to_itself"; readonly name: string }
  | { readonly code: "alias_twice"; readonly name: string; readonly first: Position }
  | { readonly code: "tool_twice"; readonly name: string; readonly first: Position }
  /** Nothing after an alias is null, which removes it. */
  | { readonly code: "alias_left_empty"; readonly name: string }
  /** An AGENTVANE_VAR_ variable that no file declares or uses. */
  | {
      readonly code: "variable_unused";
      readonly name: string;
      readonly suggestions: readonly string[];
    }
  /** A check expects a handoff that can never happen. */
  | { readonly code: "unreachable_agent"; readonly name: string; readonly from: string }
  /** A check names a function that none of its agents has, nor any agent they hand off to. */
  | {
      readonly code: "unknown_function";
      readonly name: string;
      readonly from: string;
      readonly suggestions: readonly string[];
    }
  | { readonly code: "bad_regular_expression"; readonly found: string; readonly reason: string }
  | { readonly code: "bad_json_schema"; readonly reason: string }
  | { readonly code: "web_search_twice" }
  | { readonly code: "required_with_built_in"; readonly name: string }
  /** A secret in the open; its line is not shown. */
  | { readonly code: "literal_secret" }
  | { readonly code: "looks_like_key"; readonly what: string }
  | { readonly code: "handoff_runs_default"; readonly name: string; readonly alias: string }
  | { readonly code: "moved_but_there"; readonly name: string; readonly defined: Position }
  | { readonly code: "moved_twice"; readonly name: string; readonly first: Position }
  | { readonly code: "moved_together"; readonly name: string; readonly first: Position }
  | { readonly code: "moved_in_circle"; readonly name: string; readonly keys: readonly string[] }
  | {
      readonly code: "unknown_property";
      readonly name: string;
      readonly suggestions: readonly string[];
    };

/** The name of a kind of problem; it stays the same from release to release. */
export type ProblemCode = ProblemKind["code"];

/** Why a configuration cannot be used: data for report, which has the sentences. */
export type Problem = ProblemKind & {
  readonly at: Position;
  /** The environments in which it is one, when it is not one in all of those that were tried. */
  readonly environments?: readonly string[];
  /** The line at the position, secrets masked; left out when it is too long to be shown. */
  readonly sourceLine?: string;
};
