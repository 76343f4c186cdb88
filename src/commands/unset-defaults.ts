import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import type { Definition } from "../agent/definition.ts";
import { differences } from "../agent/differences.ts";
import { isObject, type JsonObject } from "../agent/json.ts";

/**
 * An agent as it is written, with an explicit null wherever the defaults of its file would give it something
 * that it does not have. `form` is what it should be, `loaded` what the file makes of it.
 */
export function unsetDefaults(
  members: JsonObject,
  form: JsonObject,
  loaded: Definition,
): JsonObject {
  return differences(agentTable, form, canonical(agentTable, loaded), "trusted")
    .filter(({ before }) => before === undefined)
    .reduce((written, { path }) => withNull(written, stepsOf(path)), members);
}

/** The names that lead to a property; a label may have dots in its own name. */
function stepsOf(path: string): readonly string[] {
  const [whole = path] = path.split("[");
  const [first = "", ...rest] = whole.split(".");
  return first === "metadata" && rest.length > 0 ? [first, rest.join(".")] : [first, ...rest];
}

function withNull(members: JsonObject, [name, ...rest]: readonly string[]): JsonObject {
  if (name === undefined) return members;
  const inside = members[name];
  if (rest.length === 0) return { ...members, [name]: null };
  return { ...members, [name]: withNull(isObject(inside) ? inside : {}, rest) };
}
