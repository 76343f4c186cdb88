import type { DesiredProject } from "../agent/definition.ts";
import type { Reader } from "../agent/ports.ts";
import { makePlan, type Plan, type PlanOptions } from "../plan/plan.ts";
import { readRemote } from "./read-remote.ts";
import { connectorSpelling, resolveLibraries } from "./resolve-names.ts";

/** What a plan is made from. The reader is all it gets of the remote side, so it cannot write. */
export type PlanRequest = {
  readonly desired: DesiredProject;
  readonly server: string;
  readonly reader: Reader;
  readonly options: PlanOptions;
};

/** Reads the remote side and plans for it. Rejects with an `ApiError` when it cannot be read whole. */
export async function planProject(request: PlanRequest): Promise<Plan> {
  const { server, reader, options } = request;
  const remote = await readRemote(request.desired, reader, options.prune);
  const { desired, refusals } = resolveLibraries(request.desired, remote.libraries);
  const plan = makePlan({
    scope: { server, project: desired.project, environment: desired.environment },
    desired,
    identification: remote.identification,
    aliases: remote.aliases,
    histories: remote.histories,
    live: remote.live,
    connectorSpelling: connectorSpelling(desired, remote.connectors),
    models: remote.models,
    options,
  });
  return { ...plan, refusals: [...refusals, ...plan.refusals] };
}
