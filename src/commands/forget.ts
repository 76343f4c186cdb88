import type { AgentKey } from "../agent/identity.ts";
import { tagsOf } from "../agent/tags.ts";
import { applyPlan } from "../apply/apply.ts";
import { makeForgetPlan } from "../plan/forget-plan.ts";
import { isOurs } from "../plan/identify.ts";
import type { ApplyContext } from "./apply.ts";
import type { Emit } from "./event.ts";
import type { BoundRequest } from "./read-fleet.ts";

export type ForgetRequest = BoundRequest & ApplyContext & { readonly key: string };

/** `agentvane forget KEY`: removes the owner's tags from an agent and changes nothing else. */
export async function runForget(request: ForgetRequest, emit: Emit): Promise<void> {
  const { desired, server, reader, key } = request;
  emit({ kind: "fetching", again: false });
  const agents = await reader.agents();
  const { project, environment } = desired;
  const plan = makeForgetPlan({ server, project, environment }, desired, agents, key as AgentKey);
  if (plan === undefined) {
    const ours = agents.map(tagsOf).filter((tags) => isOurs(tags, desired));
    const known = ours.flatMap((tags) => tags?.key ?? []).sort();
    return emit({ kind: "not_found", key, known });
  }
  emit({ kind: "planned", plan });
  if (plan.refusals.length > 0) return;
  await applyPlan(plan, request.apply, { ...request.tools, reader, emit });
}
