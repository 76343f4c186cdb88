import type { AgentId } from "../agent/identity.ts";
import type { RemoteAlias } from "../agent/remote-agent.ts";
import { digestsOf, fingerprintsOf } from "./fingerprint.ts";
import { unlimited } from "./limits.ts";
import type { Plan } from "./plan.ts";

/** What differs between plans that no definition is part of: those of `promote`, `rollback` and `forget`. */
export type OperationPlan = Pick<
  Plan,
  "scope" | "complete" | "agents" | "ids" | "buildWaves" | "releaseWaves" | "refusals"
> & {
  readonly only: Plan["options"]["only"];
  readonly aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>;
};

/** A plan that writes nothing a file defines, so nothing is checked, limited or compared with a file. */
export function planWithoutFiles({ only, aliases, ...operation }: OperationPlan): Plan {
  const { scope, agents, releaseWaves } = operation;
  const fingerprints = fingerprintsOf([], agents, aliases);
  return {
    ...operation,
    options: {
      prune: false,
      allowDuplicateNames: false,
      only,
      resendSecrets: [],
      limits: unlimited,
      allowRewind: false,
    },
    connectorSpelling: new Map(),
    gates: [],
    checks: [],
    deletionWaves: [],
    duplicates: [],
    modelNotes: [],
    checkoutNotes: [],
    fingerprints,
    digests: digestsOf(scope, fingerprints, { gates: [], checks: [] }, agents, releaseWaves),
  };
}
