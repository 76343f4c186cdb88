import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import type { Definition } from "../agent/definition.ts";
import { differences } from "../agent/differences.ts";
import type { JsonObject } from "../agent/json.ts";
import type { PropertyPath } from "../agent/property-path.ts";
import { withValueAt } from "../agent/value-at.ts";

/**
 * An agent for a file, with an explicit null wherever the defaults of the file would set something that it does not
 * have. `form` is the agent, `loaded` what the file makes of it.
 */
export function unsetDefaults(
  members: JsonObject,
  form: JsonObject,
  loaded: Definition,
): JsonObject {
  return differences(agentTable, form, canonical(agentTable, loaded), "trusted")
    .filter(({ before }) => before === undefined)
    .reduce((written, { path }) => withValueAt(written, outsideLists(path), null), members);
}

/** A file replaces lists as a whole, so null can only replace a whole list. */
function outsideLists(path: PropertyPath): PropertyPath {
  const item = path.findIndex((step) => typeof step !== "string");
  return item === -1 ? path : path.slice(0, item);
}
