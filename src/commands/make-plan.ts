import type { DesiredProject } from "../agent/definition.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { needingHistory } from "../plan/compare-agents.ts";
import { abandonedCreates, type Duplicate, sharedKeys } from "../plan/duplicates.ts";
import { identify } from "../plan/identify.ts";
import { makePlan, type Plan, type PlanOptions } from "../plan/plan.ts";
import { readDetails, readOverview } from "./read-remote.ts";
import { connectorSpelling, resolveLibraries } from "./resolve-names.ts";

/** The input of a plan. Of the server it gets only the reader, so it cannot write. */
export type PlanRequest = {
  readonly desired: DesiredProject;
  readonly server: string;
  readonly reader: Reader;
  readonly options: PlanOptions;
  /** Refuses a second agent of a key, even if an interrupted apply left it. */
  readonly refusesDuplicates?: boolean;
  /** Refuses models that retire by this time, in milliseconds. */
  readonly retiresBy?: number;
  /** Writes again what the server seems to have ignored, because it may have been edited in place. */
  readonly overwrites?: boolean;
};

/** The duplicates that interrupted applies left. More is read only if there is a doubt. */
async function findDuplicates(
  desired: DesiredProject,
  agents: readonly RemoteAgent[],
  reader: Reader,
): Promise<readonly Duplicate[]> {
  const doubtful = [...sharedKeys(desired, agents).values()].flat();
  const several = doubtful.filter(({ versions }) => versions.length > 1);
  const [aliases, histories] = await Promise.all([
    Promise.all(doubtful.map(async ({ id }) => [id, await reader.aliases(id)] as const)),
    Promise.all(several.map(async ({ id }) => [id, await reader.versions(id)] as const)),
  ]);
  return abandonedCreates(desired, agents, {
    aliases: new Map(aliases),
    histories: new Map(histories),
  });
}

/** Reads the server and makes a plan. Rejects with an `ApiError` if it cannot be read completely. */
export async function planProject(request: PlanRequest): Promise<Plan> {
  const { server, reader, options, retiresBy, overwrites = false } = request;
  const {
    agents: visible,
    libraries,
    connectors,
    models,
  } = await readOverview(request.desired, reader, retiresBy !== undefined);
  const { desired, refusals } = resolveLibraries(request.desired, libraries ?? []);
  const duplicates = request.refusesDuplicates
    ? []
    : await findDuplicates(desired, visible, reader);
  const agents = visible.filter((agent) => !duplicates.some(({ remote }) => remote === agent));
  const identification = identify(desired, agents);
  const known = {
    desired,
    identification,
    duplicates,
    connectorSpelling: connectorSpelling(desired, connectors ?? []),
    listed: {
      models,
      libraries: libraries?.map(({ id }) => id),
      connectors: connectors?.flatMap(({ id, name }) => [id, name]),
    },
    options,
    overwrites,
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
