import type { DesiredProject } from "../agent/definition.ts";
import { withoutEnvironment } from "../agent/ephemeral-name.ts";
import type { AgentId, AgentKey, AliasName } from "../agent/identity.ts";
import { agentKeyPattern } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import type { MemberProblem } from "../config/check-members.ts";
import type { ProblemKind } from "../config/problem.ts";
import { identify, isOurs } from "../plan/identify.ts";
import type { Refusal } from "../plan/refusal.ts";
import { type DeclaredAgent, declaredAgents } from "./declared-agent.ts";
import type { Emit } from "./event.ts";
import { type ImportedAgent, importAgent, whyUnsayable } from "./imported-agent.ts";

/** The agents to import. `pick`: the user chooses among the candidates. */
export type ImportChoice =
  | { readonly kind: "ids"; readonly ids: readonly string[] }
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "all" }
  | {
      readonly kind: "pick";
      readonly pick: (agents: readonly RemoteAgent[]) => Promise<readonly RemoteAgent[]>;
    };

/** An imported agent with its source. */
export type Import = { readonly agent: ImportedAgent; readonly remote: RemoteAgent };

export type ImportRequest = {
  /** The existing configuration; without agents if there is no file. */
  readonly desired: DesiredProject;
  readonly reader: Reader;
  readonly choice: ImportChoice;
  /** Imports the version of this alias instead of the default. */
  readonly alias: AliasName | undefined;
  /** Writes the agents to files and ids to existing keys; or reports why it cannot. */
  readonly write: (
    imports: readonly Import[],
    bindings: readonly DeclaredAgent[],
  ) => Promise<WrittenImport | undefined>;
};

/** The written files, and the agents that could not be written. */
export type WrittenImport = {
  readonly files: readonly string[];
  /** Keys that have no place for an `id`. */
  readonly unbound: readonly DeclaredAgent[];
  readonly leftOut: readonly (Import & { readonly unsaid: readonly MemberProblem[] })[];
};

const nothingWritten: WrittenImport = { files: [], unbound: [], leftOut: [] };

/** `agentvane import`: writes existing agents to files. Writes nothing on the server. */
export async function runImport(request: ImportRequest, emit: Emit): Promise<void> {
  const { desired, reader, choice, alias, write } = request;
  const agents = await reader.agents();
  const identification = identify(desired, agents);
  const managed = new Set([...identification.remoteOf.values()].map(({ id }) => id));
  const refusals = choice.kind === "ids" ? idRefusals(choice.ids, agents, managed, desired) : [];
  if (refusals.length > 0) return emit({ kind: "refused", refusals });
  const free = agents.filter(
    (agent) =>
      !managed.has(agent.id) && !isElsewhere(agent, desired) && !isNeverBound(agent, desired),
  );
  const asked = await chosenFrom(free, choice);
  const known = await declaredAgents(desired, identification, free, reader);
  const declared = known.filter(({ remote }) => asked.includes(remote));
  const bindings = declared.filter(({ isSure }) => isSure);
  const wanted = asked.filter((each) => !declared.some(({ remote }) => remote === each));
  const versions = await wantedVersions(wanted, reader, alias);
  const leftOut = versions.flatMap(({ remote, version }) => {
    const unsaid = [...keyProblems(remote), ...whyUnsayable(version)];
    return unsaid.length === 0 ? [] : [{ id: remote.id, name: remote.name, unsaid }];
  });
  const chosen = versions.filter(({ remote }) => !leftOut.some(({ id }) => id === remote.id));
  const keys = keysFor(
    chosen.map(({ remote }) => remote),
    desired,
  );
  const keyOf = new Map([
    ...[...identification.remoteOf].map(([key, { id }]) => [id, key] as const),
    ...bindings.map(({ key, remote }) => [remote.id, key] as const),
    ...keys,
  ]);
  const words = {
    agent: (id: string) => {
      const key = keyOf.get(id as AgentId);
      return key === undefined ? { id: id as AgentId } : { key };
    },
    connector: (id: string) => id,
  };
  const imports = chosen.map(({ remote, version, aliases }): Import => {
    const key = keys.get(remote.id) as AgentKey;
    const { isEphemeral, environment } = desired;
    const name = isEphemeral ? withoutEnvironment(version.name, environment) : version.name;
    return { agent: importAgent(key, name, version, aliases, words), remote };
  });
  const isNothing = imports.length + bindings.length === 0;
  const written = isNothing ? nothingWritten : await write(imports, bindings);
  if (written === undefined) return;
  const dropped = written.leftOut.map(({ agent, remote, unsaid }) => {
    return { id: remote.id, name: remote.name, unsaid, key: agent.key };
  });
  emit({
    kind: "imported",
    agents: imports
      .filter(({ agent }) => !dropped.some(({ key }) => key === agent.key))
      .map(({ agent: { key, secrets, unknownTools, unsaid }, remote }) => {
        return { key, id: remote.id, name: remote.name, secrets, unknownTools, unsaid };
      }),
    bound: bindings
      .filter((each) => !written.unbound.includes(each))
      .map(({ key, remote: { id, name } }) => ({ key, id, name })),
    leftOut: [
      ...leftOut,
      ...dropped.map(({ key: _key, ...each }) => each),
      ...[...declared.filter(({ isSure }) => !isSure), ...written.unbound].map(
        ({ key: declaredAs, remote: { id, name } }) => ({ id, name, unsaid: [], declaredAs }),
      ),
    ],
  });
  for (const path of written.files) emit({ kind: "file_written", path });
}

type VersionToImport = {
  readonly remote: RemoteAgent;
  readonly version: RemoteAgent;
  readonly aliases: readonly RemoteAlias[];
};

/** Each agent at the version to import. */
function wantedVersions(
  agents: readonly RemoteAgent[],
  reader: Reader,
  alias: AliasName | undefined,
): Promise<readonly VersionToImport[]> {
  return Promise.all(
    agents.map(async (remote) => {
      const aliases = await reader.aliases(remote.id);
      const at = aliases.find((each) => each.alias === alias)?.version;
      const version = at === undefined ? remote : await reader.agent(remote.id, at);
      return { remote, version, aliases };
    }),
  );
}

/** An agent must keep the key in its tags, which may have been edited to an invalid one. */
function keyProblems(agent: RemoteAgent): readonly MemberProblem[] {
  const key = tagsOf(agent)?.key;
  if (key === undefined || new RegExp(agentKeyPattern).test(key)) return [];
  const problem = { code: "bad_form", what: "agent_key", found: key, pattern: agentKeyPattern };
  return [{ path: ["metadata"], problem: problem as ProblemKind }];
}

function isElsewhere(agent: RemoteAgent, desired: DesiredProject): boolean {
  const tags = tagsOf(agent);
  return tags !== undefined && !isOurs(tags, desired);
}

function idRefusals(
  ids: readonly string[],
  agents: readonly RemoteAgent[],
  managed: ReadonlySet<AgentId>,
  desired: DesiredProject,
): readonly Refusal[] {
  return ids.flatMap((id): Refusal[] => {
    const agent = agents.find((each) => each.id === id);
    if (agent === undefined) return [{ kind: "unknown_id", key: undefined, id: id as AgentId }];
    if (managed.has(agent.id)) return [{ kind: "managed_already", id: agent.id }];
    const owner = isElsewhere(agent, desired) ? tagsOf(agent) : undefined;
    if (owner !== undefined)
      return [{ kind: "owned_elsewhere", key: undefined, id: agent.id, owner }];
    const { environment } = desired;
    return isNeverBound(agent, desired) ? [{ kind: "never_bound", id: agent.id, environment }] : [];
  });
}

/** An ephemeral environment ignores `id:`, so an agent without its tags would be created a second time. */
function isNeverBound(agent: RemoteAgent, { isEphemeral, environment }: DesiredProject): boolean {
  return isEphemeral && tagsOf(agent)?.environment !== environment;
}

async function chosenFrom(
  free: readonly RemoteAgent[],
  choice: ImportChoice,
): Promise<readonly RemoteAgent[]> {
  switch (choice.kind) {
    case "ids":
      return free.filter(({ id }) => choice.ids.includes(id));
    case "name":
      return free.filter(({ name }) => name.toLowerCase().includes(choice.text.toLowerCase()));
    case "all":
      return free;
    case "pick":
      return choice.pick(free);
  }
}

/** A key for each agent: the one in its tags, or a free one made from its name. */
function keysFor(
  agents: readonly RemoteAgent[],
  desired: DesiredProject,
): ReadonlyMap<AgentId, AgentKey> {
  const taken = new Set<string>(desired.agents.map(({ key }) => key));
  const keys = new Map<AgentId, AgentKey>();
  for (const agent of agents) {
    const start = tagsOf(agent)?.key ?? slug(agent.name);
    let key = start;
    for (let nth = 2; taken.has(key); nth += 1) key = `${start.slice(0, 60)}-${nth}`;
    taken.add(key);
    keys.set(agent.id, key as AgentKey);
  }
  return keys;
}

function slug(name: string): string {
  const letters = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "");
  const word = letters
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
  return new RegExp(agentKeyPattern).test(word) ? word : "agent";
}
