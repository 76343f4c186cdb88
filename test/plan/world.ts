import { agentTable } from "../../src/agent/agent-table.ts";
import type { AliasTarget, DesiredAgent, DesiredProject } from "../../src/agent/definition.ts";
import type { AgentId, AgentKey, AliasName, Version } from "../../src/agent/identity.ts";
import type { JsonObject } from "../../src/agent/json.ts";
import type { Model } from "../../src/agent/model.ts";
import { parsePath } from "../../src/agent/property-path.ts";
import type { RemoteAgent, RemoteAlias } from "../../src/agent/remote-agent.ts";
import { type Tags, tagsToMetadata } from "../../src/agent/tags.ts";
import { identify } from "../../src/plan/identify.ts";
import { unlimited } from "../../src/plan/limits.ts";
import { nothingListed } from "../../src/plan/notes.ts";
import { makePlan, type Plan, type PlanInput, type PlanOptions } from "../../src/plan/plan.ts";
import { specOf } from "../../src/plan/spec.ts";
import { echoed } from "../agent/wire-agent.ts";

export const at = { file: "agents.yaml", line: 1, column: 1 };
export const key = (text: string) => text as AgentKey;
export const id = (text: string) => text as AgentId;

export type Wanted = JsonObject & {
  readonly key: string;
  readonly id?: string;
  readonly aliases?: { readonly [alias: string]: AliasTarget };
  readonly protect?: boolean;
  readonly ignore?: readonly string[];
};

/** A desired agent from the little that a test cares about; handoffs are keys. */
export function desiredAgent({
  key: name,
  id: bound,
  aliases,
  protect,
  ignore,
  ...rest
}: Wanted): DesiredAgent {
  const handoffs = rest.handoffs as readonly string[] | undefined;
  const definition = {
    name,
    model: "m",
    ...rest,
    ...(handoffs && { handoffs: handoffs.map((callee) => ({ key: callee })) }),
  };
  return {
    key: key(name),
    ...(bound !== undefined && { id: id(bound) }),
    definition,
    aliases: new Map(
      Object.entries(aliases ?? {}).map(([alias, target]) => [alias as AliasName, target]),
    ),
    preventDestroy: protect ?? false,
    ignoreChanges: (ignore ?? []).map((path) => parsePath(agentTable, path)),
    libraryNames: new Map(),
    at,
  };
}

export function project(...agents: readonly Wanted[]): DesiredProject {
  return {
    project: "acme",
    environment: "",
    isEphemeral: false,
    agents: agents.map(desiredAgent),
    renames: [],
    gates: [],
    checks: [],
    unsetSecrets: new Map(),
  };
}

/** A model about which there is nothing to say. */
export function model(row: Partial<Model> & { readonly id: string }): Model {
  return {
    aliases: [],
    deprecation: undefined,
    isArchived: false,
    canCallFunctions: true,
    ...row,
  };
}

/** A remote agent with every default echoed. */
export function remoteAgent(agent: JsonObject & { readonly id: string }): RemoteAgent {
  const version = (agent.version ?? 0) as Version;
  return echoed({
    name: agent.id,
    model: "m",
    version,
    versions: [version],
    created_at: "2026-01-01T00:00:00.000000Z",
    updated_at: "2026-01-01T00:00:00.000002Z",
    ...agent,
  }) as RemoteAgent;
}

export function tags(name: string, more: Partial<Tags> = {}): JsonObject {
  return tagsToMetadata({
    project: "acme",
    environment: "",
    key: name,
    version: "0",
    spec: "",
    create: "",
    release: "",
    aliases: "",
    protect: "false",
    ephemeral: "false",
    content: "",
    ...more,
  });
}

/** The remote agent that an apply of a wanted one left behind. */
export function applied(wanted: Wanted, more: JsonObject = {}): RemoteAgent {
  const agent = desiredAgent(wanted);
  const version = Number(more.version ?? 0);
  const { metadata, handoffs: _keys, ...members } = agent.definition;
  return remoteAgent({
    id: `ag_${agent.key}`,
    ...members,
    ...(wanted.handoffs !== undefined && {
      handoffs: (wanted.handoffs as readonly string[]).map((callee) => `ag_${callee}`),
    }),
    metadata: {
      ...(metadata as JsonObject | undefined),
      ...tags(agent.key, {
        version: String(version),
        spec: specOf(agent),
        protect: String(agent.preventDestroy),
      }),
    },
    ...more,
  });
}

/** No flag of `plan` was given. */
export const noFlags: PlanOptions = {
  prune: false,
  allowDuplicateNames: false,
  only: [],
  resendSecrets: [],
  limits: unlimited,
  allowRewind: false,
};

type Around = Partial<Omit<PlanInput, "desired" | "identification" | "options" | "listed">> & {
  readonly listed?: Partial<PlanInput["listed"]>;
  readonly options?: Partial<PlanInput["options"]>;
};

export function plan(
  desired: DesiredProject,
  agents: readonly RemoteAgent[],
  { options, listed, ...around }: Around = {},
): Plan {
  return makePlan({
    scope: { server: "s", project: desired.project, environment: desired.environment },
    desired,
    identification: identify(desired, agents),
    duplicates: [],
    aliases: new Map(),
    histories: new Map(),
    live: agents.map((agent) => ({ agent, by: "default" })),
    connectorSpelling: new Map(),
    listed: { ...nothingListed, ...listed },
    ...around,
    options: { ...noFlags, ...options },
  });
}

export function alias(name: string, version: number): RemoteAlias {
  const time = "2026-01-01T00:00:00.000000Z";
  return {
    alias: name as AliasName,
    version: version as Version,
    created_at: time,
    updated_at: time,
  };
}
