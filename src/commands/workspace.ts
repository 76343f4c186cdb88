import { isApiError } from "../agent/api-error.ts";
import { isWorkspace } from "../agent/caller.ts";
import type { Reader } from "../agent/ports.ts";
import type { Emit } from "./event.ts";
import type { ServerEvent } from "./server-event.ts";

/**
 * Whether the key belongs to the workspace that the environment names. Another workspace is refused; if the server does
 * not say, that is noted and the run continues.
 */
export async function isInWorkspace(
  expected: string,
  reader: Reader,
  emit: Emit<ServerEvent>,
): Promise<boolean> {
  const found = await workspaceOf(reader);
  if (found === undefined) {
    emit({ kind: "workspace_untold", expected });
    return true;
  }
  if (isWorkspace(found, expected)) return true;
  emit({ kind: "workspace_refused", expected, found });
  return false;
}

/** The workspace of the key; undefined if the request failed, or the answer names none. */
async function workspaceOf(reader: Reader) {
  try {
    return (await reader.caller()).workspace;
  } catch (error) {
    if (isApiError(error)) return undefined;
    throw error;
  }
}
