import type { DesiredProject } from "../agent/definition.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import type { Identification } from "../plan/identify.ts";
import { unlimited } from "../plan/limits.ts";
import { nothingListed } from "../plan/notes.ts";
import { makePlan, type Plan } from "../plan/plan.ts";
import type { Scope } from "../plan/scope.ts";
import { readDetails } from "./read-remote.ts";

/** A configuration without agents. */
export function emptyProject({
  project,
  environment,
  isEphemeral,
}: Pick<DesiredProject, "project" | "environment" | "isEphemeral">): DesiredProject {
  return {
    project,
    environment,
    isEphemeral,
    agents: [],
    renames: [],
    gates: [],
    checks: [],
    unsetSecrets: new Map(),
  };
}

/**
 * The plan that only deletes the orphans of an identification. It has no limits, because it is approved in another way.
 */
export async function planDeletions(
  scope: Scope,
  agents: readonly RemoteAgent[],
  identification: Identification,
  reader: Reader,
): Promise<Plan> {
  const nothing = emptyProject({ ...scope, isEphemeral: false });
  const details = await readDetails(nothing, agents, identification, [], reader, true);
  return makePlan({
    scope,
    desired: nothing,
    identification,
    // All agents of the project are deleted, including several with the same key.
    duplicates: [],
    ...details,
    connectorSpelling: new Map(),
    listed: nothingListed,
    options: {
      prune: true,
      allowDuplicateNames: false,
      only: [],
      resendSecrets: [],
      limits: unlimited,
      allowRewind: false,
    },
  });
}
