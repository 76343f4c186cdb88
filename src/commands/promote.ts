import { makePromotePlan, type Promotion } from "../plan/promote-plan.ts";
import type { Emit } from "./event.ts";
import { readOwnAgents, readStandings, readTargets } from "./read-fleet.ts";
import { carryOutRepointing, type RepointRequest } from "./repoint.ts";

/** `agentvane promote FROM TO`: points TO where FROM stands. No version is built. */
export async function runPromote(
  request: RepointRequest & { readonly promotion: Promotion },
  emit: Emit,
): Promise<void> {
  const { desired, server, reader, promotion } = request;
  emit({ kind: "reading", again: false });
  const fleet = await readStandings(await readOwnAgents(desired, reader), reader);
  const sources = await readTargets(fleet, promotion.from, reader);
  const { project, environment } = desired;
  const plan = makePromotePlan({ server, project, environment }, fleet, sources, promotion);
  await carryOutRepointing(plan, promotion.to, request, emit);
}
