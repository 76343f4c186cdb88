import type { BoundProject } from "../agent/definition.ts";
import { type AgentKey, type AliasName, agentKeyPattern } from "../agent/identity.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { groupBy } from "../plan/group-by.ts";
import { identify } from "../plan/identify.ts";
import type { Refusal } from "../plan/refusal.ts";
import {
  type AgentWithAliases,
  aliasesIn,
  twoOfAKey,
  versionOfAlias,
} from "../plan/repoint-plan.ts";
import type { Emit } from "./event.ts";
import { type OutputAgent, type ProjectOutput, variableName } from "./project-output.ts";
import { ownAgentsAmong, readAliasesOf } from "./read-fleet.ts";

export type OutputRequest = {
  readonly desired: BoundProject;
  readonly reader: Reader;
  /** Keys; empty for all agents of the project. */
  readonly keys: readonly string[];
  readonly alias: AliasName | undefined;
  /** Whether keys become variable names, and ids their values. */
  readonly asVariables: boolean;
};

/**
 * Reads what an application needs from a project; undefined, with an event, if that is not possible: it would name an
 * agent that may be the wrong one, or one that cannot be called this way.
 */
export async function readOutput(
  request: OutputRequest,
  emit: Emit,
): Promise<ProjectOutput | undefined> {
  const { desired, reader, keys, alias, asVariables } = request;
  const agents = await reader.agents();
  const own = ownAgentsAmong(desired, agents);
  const isAsked = (key: string) => keys.length === 0 || keys.includes(key);
  const bindings = bindingRefusals(desired, agents).filter(({ key }) => isAsked(key));
  if (bindings.length > 0) {
    emit({ kind: "output_refused", refusals: bindings });
    return undefined;
  }
  const known = [...new Set(own.map(({ key }) => key))];
  const missing = keys.find((key) => !known.some((each) => each === key));
  if (missing !== undefined) {
    emit({ kind: "not_found", key: missing, known });
    return undefined;
  }
  const chosen = own.filter(({ key }) => isAsked(key));
  const found = await readAliasesOf(chosen, reader);
  const refusals = [
    ...twoOfAKey(found),
    ...found.flatMap((agent) => aliasRefusals(agent, alias)),
    ...(asVariables ? variableRefusals(found) : []),
  ];
  if (refusals.length > 0) {
    emit({ kind: "output_refused", refusals });
    return undefined;
  }
  const { project, environment } = desired;
  return { project, environment, alias, agents: found.map(outputAgent) };
}

function outputAgent({ key, remote, aliases }: AgentWithAliases): OutputAgent {
  const { id, name, version } = remote;
  return {
    key,
    id,
    name,
    version,
    aliases: aliases
      .map((each) => ({ alias: each.alias, version: each.version }))
      .sort((left, right) => (left.alias < right.alias ? -1 : 1)),
  };
}

/** An `id` of another owner's agent, or of a second agent: an application would call the wrong one. */
function bindingRefusals(
  desired: BoundProject,
  agents: readonly RemoteAgent[],
): readonly (Refusal & { readonly key: AgentKey })[] {
  return identify(desired, agents).refusals.flatMap((refusal) =>
    (refusal.kind === "owned_elsewhere" || refusal.kind === "second_owner") &&
    refusal.key !== undefined
      ? [{ ...refusal, key: refusal.key }]
      : [],
  );
}

function aliasRefusals(agent: AgentWithAliases, alias: AliasName | undefined): readonly Refusal[] {
  if (alias === undefined || versionOfAlias(agent, alias) !== undefined) return [];
  return [{ kind: "unknown_alias", alias, key: agent.key, known: aliasesIn([agent]) }];
}

/** Keys and ids come from the server: characters that could end a line or a quote early are refused. */
function variableRefusals(agents: readonly AgentWithAliases[]): readonly Refusal[] {
  const unwritable = agents.filter(
    ({ key, remote }) => !keyForm.test(key) || !plainText.test(remote.id),
  );
  const clashes = [...groupBy(agents, ({ key }) => variableName(key))]
    .map(([name, same]) => ({ name, keys: [...new Set(same.map(({ key }) => key))] }))
    .filter(({ keys }) => keys.length > 1);
  return [
    ...unwritable.map(
      ({ key, remote }): Refusal => ({ kind: "unwritable_name", key, id: remote.id }),
    ),
    ...clashes.map(({ name, keys }): Refusal => ({ kind: "same_variable", name, keys })),
  ];
}

const keyForm = new RegExp(agentKeyPattern);
/** Visible ASCII without the single quote, which shells and dotenv files escape differently. */
const plainText = /^[\x21-\x26\x28-\x7e]+$/;
