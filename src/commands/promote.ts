import { makePromotePlan, type Promotion } from "../plan/promote-plan.ts";
import type { Refusal } from "../plan/refusal.ts";
import type { Emit } from "./event.ts";
import { readAliasesOf, readOwnAgents, readTargets } from "./read-fleet.ts";
import { carryOutRepointing, type RepointRequest } from "./repoint.ts";

/** `agentvane promote FROM TO`: moves TO to the versions of FROM. No version is built. */
export async function runPromote(
  request: RepointRequest & {
    readonly promotion: Promotion;
    /** Names of the environments that the file declares. */
    readonly environments: readonly string[];
  },
  emit: Emit,
): Promise<void> {
  const { desired, server, reader, promotion } = request;
  emit({ kind: "fetching", again: false });
  const fleet = await readAliasesOf(await readOwnAgents(desired, reader), reader);
  const sources = await readTargets(fleet, promotion.from, reader);
  const { project, environment } = desired;
  const plan = makePromotePlan({ server, project, environment }, fleet, sources, promotion);
  const refusals = plan.refusals.map((each) => asEnvironment(each, request.environments));
  await carryOutRepointing({ ...plan, refusals }, promotion.to, request, emit);
}

/** If the arguments name environments instead of aliases, the refusal says so, instead of "no agent has this alias". */
function asEnvironment(refusal: Refusal, environments: readonly string[]): Refusal {
  if (refusal.kind !== "unknown_alias" || !environments.includes(refusal.alias)) return refusal;
  return { kind: "alias_is_environment", alias: refusal.alias, environments };
}
