import { agentTable } from "../agent/agent-table.ts";
import { bareSecretPaths } from "../agent/bare-secrets.ts";
import { canonical } from "../agent/canonical.ts";
import type { DesiredAgent, DesiredProject } from "../agent/definition.ts";
import { isObject } from "../agent/json.ts";
import { pathText } from "../agent/property-path.ts";
import { remembered } from "../agent/remembered.ts";
import type { Stamp } from "./agent-plan.ts";
import { managedBy } from "./content-tag.ts";
import { digestOf } from "./digest.ts";

/**
 * The witness that a version was built for a definition: handoffs by key, secrets left out. What a canonical
 * form cannot tell from silence is in it too, since it decides what a write asks for: labels that are removed,
 * what is ignored, and where a secret stands by itself.
 */
export const specOf = remembered(({ definition, ignoreChanges }: DesiredAgent): string => {
  const { metadata } = definition;
  const removed = Object.entries(isObject(metadata) ? metadata : {})
    .filter(([, label]) => label === null)
    .map(([name]) => name)
    .sort();
  const ignored = ignoreChanges.map(pathText).sort();
  const form = [canonical(agentTable, definition), removed, ignored];
  const secrets = bareSecretPaths(agentTable, definition).map(pathText);
  return digestOf(secrets.length === 0 ? form : [...form, secrets]);
});

/** Whether agents are made to be deleted again. */
export type Ephemerality = Pick<DesiredProject, "isEphemeral">;

/** What a version built for this agent says about itself. */
export function stampOf(agent: DesiredAgent, { isEphemeral }: Ephemerality): Stamp {
  return {
    spec: specOf(agent),
    protect: agent.preventDestroy,
    ephemeral: isEphemeral,
    managed: managedBy(agent),
  };
}
