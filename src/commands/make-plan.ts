import type { DesiredProject } from "../agent/definition.ts";
import type { Reader } from "../agent/ports.ts";
import { needingHistory } from "../plan/draft.ts";
import { identify } from "../plan/identify.ts";
import { makePlan, type Plan, type PlanOptions } from "../plan/plan.ts";
import { readDetails, readOverview } from "./read-remote.ts";
import { connectorSpelling, resolveLibraries } from "./resolve-names.ts";

/** What a plan is made from. The reader is all it gets of the remote side, so it cannot write. */
export type PlanRequest = {
  readonly desired: DesiredProject;
  readonly server: string;
  readonly reader: Reader;
  readonly options: PlanOptions;
  /** Models that retire by this time, in milliseconds, are refused. */
  readonly retiresBy?: number;
};

/** Reads the remote side and plans for it. Rejects with an `ApiError` when it cannot be read whole. */
export async function planProject(request: PlanRequest): Promise<Plan> {
  const { server, reader, options, retiresBy } = request;
  const { agents, libraries, connectors, models } = await readOverview(
    request.desired,
    reader,
    retiresBy !== undefined,
  );
  const { desired, refusals } = resolveLibraries(request.desired, libraries ?? []);
  const identification = identify(desired, agents);
  const known = {
    desired,
    identification,
    connectorSpelling: connectorSpelling(desired, connectors ?? []),
    listed: {
      models,
      libraries: libraries?.map(({ id }) => id),
      connectors: connectors?.flatMap(({ id, name }) => [id, name]),
    },
    options,
    ...(retiresBy !== undefined && { retiresBy }),
  };
  const changing = needingHistory(known);
  const details = await readDetails(
    desired,
    agents,
    identification,
    changing,
    reader,
    options.prune,
  );
  const { project, environment } = desired;
  const plan = makePlan({ ...known, ...details, scope: { server, project, environment } });
  return { ...plan, refusals: [...refusals, ...plan.refusals] };
}
