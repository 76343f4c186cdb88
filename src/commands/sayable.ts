import { handoffsOf } from "../agent/definition.ts";
import { isList, isObject, type Json, type JsonObject } from "../agent/json.ts";
import type { PropertyPath } from "../agent/property-path.ts";
import { withValueAt } from "../agent/value-at.ts";
import { type MemberProblem, memberProblems } from "../config/check-members.ts";
import { largestFile } from "../config/sources.ts";

/** The part of an agent that a file can contain, and the rest. */
export type Sayable = {
  readonly form: JsonObject;
  readonly unsaid: readonly MemberProblem[];
  /** False if it lacks a member that a file must have. */
  readonly isWhole: boolean;
};

/**
 * The part of an agent, in canonical form, that a file of this version may contain. The rest belongs to a later version
 * of the API, or was never checked.
 */
export function sayable(form: JsonObject): Sayable {
  const unsaid: MemberProblem[] = [...promptProblems(form)];
  let left = unsaid.reduce((rest, { path }) => withValueAt(rest, path, undefined), form);
  for (;;) {
    const problems = memberProblems(checked(left));
    const paths = problems.map(({ path }) => path).filter((path) => !isNeeded(path));
    unsaid.push(...problems);
    if (paths.length === 0) return { form: left, unsaid, isWhole: problems.length === 0 };
    left = paths.reduce((rest, path) => withValueAt(rest, path, undefined), left);
  }
}

function isNeeded([property]: PropertyPath): boolean {
  return property === undefined || property === "name" || property === "model";
}

function promptProblems({ instructions }: JsonObject): readonly MemberProblem[] {
  if (typeof instructions !== "string" || instructions.length * 3 < largestFile) return [];
  const size = new TextEncoder().encode(instructions).length;
  if (size < largestFile) return [];
  return [{ path: ["instructions"], problem: { code: "text_too_large", limit: largestFile } }];
}

/** The form as in a file, with a placeholder where only a reference is allowed. */
function checked(form: JsonObject): JsonObject {
  const { tools, handoffs: _refs, ...rest } = form;
  const refs = handoffsOf(form).map((ref): Json => ("key" in ref ? ref.key : { id: ref.id }));
  return {
    ...rest,
    ...(isList(tools) && { tools: tools.map(withSecret) }),
    ...(refs.length > 0 && { handoffs: refs }),
  };
}

function withSecret(tool: Json): Json {
  if (!isObject(tool) || !isObject(tool.authorization)) return tool;
  return { ...tool, authorization: { ...tool.authorization, value: "secret" } };
}
