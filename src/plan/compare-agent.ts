import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import type { Definition, DesiredAgent } from "../agent/definition.ts";
import { type Difference, differences } from "../agent/differences.ts";
import { isList, isObject, type Json, type JsonObject, sameJson } from "../agent/json.ts";
import { nextVersion, type RemoteAgent } from "../agent/remote-agent.ts";
import { provesItself, type Tags, tagsOf } from "../agent/tags.ts";
import { targetOf } from "../agent/target.ts";
import type {
  Change,
  CreatePlan,
  Note,
  Origin,
  SettledPlan,
  Stamp,
  UpdatePlan,
  Words,
} from "./agent-plan.ts";
import { digestOf } from "./digest.ts";
import { baseOf, originIn } from "./origin.ts";
import { inOurWords } from "./our-words.ts";

/** The witness that a version was built from a definition: handoffs by key, secrets left out. */
export function specOf(definition: Definition): string {
  return digestOf(canonical(agentTable, definition));
}

/** The plan for a key that has no agent yet; how it is ordered among others is decided elsewhere. */
export function planCreate(
  agent: DesiredAgent,
): Omit<CreatePlan, "unknownHandoffs" | "completedLater"> {
  const wanted = canonical(agentTable, agent.definition);
  return {
    action: "create",
    key: agent.key,
    name: agent.definition.name,
    notes: [],
    definition: agent.definition,
    stamp: stampOf(agent),
    changes: differences(agentTable, {}, wanted, "compared").map((each) => ({
      ...each,
      origin: "yours",
    })),
  };
}

/**
 * The plan for a key that has an agent. `history` is needed only when the default version does not prove
 * itself, see `needsHistory`.
 */
export function planExisting(
  agent: DesiredAgent,
  remote: RemoteAgent,
  words: Words,
  history: readonly RemoteAgent[],
): UpdatePlan | SettledPlan {
  const tags = tagsOf(remote);
  const stamp = stampOf(agent);
  const current = inOurWords(remote, words);
  const target = targetOf(agentTable, agent.definition, current, agent.ignoreChanges);
  const actual = canonical(agentTable, current);
  const wanted = canonical(agentTable, target);
  const hidden = tags?.spec === stamp.spec ? "trusted" : "compared";
  const found = differences(agentTable, actual, wanted, hidden);

  const originOf = originFinder(remote, tags, history, words, actual, wanted);
  const inside = found.map((each) => ({ ...each, origin: originOf(each) }));
  const [first, ...others] = [...inside, ...tagChanges(remote, tags, stamp, found.length === 0)];
  const common = { key: agent.key, name: agent.definition.name, id: remote.id, remote };
  const notes = notesOn(found, current, target);
  if (first === undefined) {
    return { ...common, action: tags === undefined ? "adopt" : "noop", notes };
  }
  return {
    ...common,
    action: "update",
    notes,
    target,
    stamp,
    changes: [first, ...others],
    unknownHandoffs: [],
    expected: nextVersion(remote),
    drifted: inside.some((each) => each.origin !== "yours" || wipesUnowned(each, tags)),
  };
}

function stampOf(agent: DesiredAgent): Stamp {
  return { spec: specOf(agent.definition), protect: agent.preventDestroy };
}

function originFinder(
  remote: RemoteAgent,
  tags: Tags | undefined,
  history: readonly RemoteAgent[],
  words: Words,
  actual: JsonObject,
  wanted: JsonObject,
): (change: Difference) => Origin {
  if (tags === undefined || provesItself(remote, remote.versions)) return () => "yours";
  const base = baseOf(remote, history);
  if (base === undefined) return () => "drift";
  return originIn({ base: canonical(agentTable, inOurWords(base, words)), actual, wanted });
}

/** A thin file must not empty an agent that somebody else filled, unless a person has seen it. */
function wipesUnowned(change: Difference, tags: Tags | undefined): boolean {
  return tags === undefined && change.after === undefined;
}

/**
 * Tags that must be written although nothing else changes: the protection, and the version's own number on
 * an outside edit that turns out to equal the definition.
 */
function tagChanges(
  remote: RemoteAgent,
  tags: Tags | undefined,
  stamp: Stamp,
  contentSettled: boolean,
): readonly Change[] {
  if (tags === undefined) return [];
  const changes: Change[] = [];
  const isProtected = tags.protect === "true";
  if (isProtected !== stamp.protect) {
    changes.push(tagChange("protect", String(isProtected), String(stamp.protect)));
  }
  if (contentSettled && !provesItself(remote, remote.versions)) {
    changes.push(tagChange("version", tags.version, String(nextVersion(remote))));
  }
  return changes;
}

function tagChange(name: keyof Tags, before: string, after: string): Change {
  return { path: `metadata.agentvane.${name}`, before, after, origin: "yours" };
}

function notesOn(
  found: readonly Difference[],
  current: JsonObject,
  target: JsonObject,
): readonly Note[] {
  const notes: Note[] = [];
  const toolsSettled = !found.some(({ path }) => path.startsWith("tools"));
  if (toolsSettled && reordered(current.tools, target.tools)) notes.push({ kind: "tool_order" });
  const temperature = found.find(({ path }) => path === "completion_args.temperature");
  if (temperature?.before === 0.3 && temperature.after === undefined) {
    notes.push({ kind: "legacy_temperature" });
  }
  return notes;
}

function reordered(current: Json | undefined, target: Json | undefined): boolean {
  if (!isList(current) || !isList(target)) return false;
  const types = (tools: readonly Json[]) =>
    tools.map((tool) => (isObject(tool) ? (tool.type ?? null) : null));
  return !sameJson(types(current), types(target));
}
