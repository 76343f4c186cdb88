import type { DesiredAgent } from "../agent/definition.ts";
import type { Difference } from "../agent/differences.ts";
import { isList, isObject, type Json, type JsonObject, sameJson } from "../agent/json.ts";
import { type Model, modelNames } from "../agent/model.ts";
import { isSamePath } from "../agent/property-path.ts";
import type { AgentPlan, Note } from "./agent-plan.ts";

/** Remarks on the comparison of an agent with what it should be. */
export function comparisonNotes(
  found: readonly Difference[],
  current: JsonObject,
  target: JsonObject,
): readonly Note[] {
  const notes: Note[] = [];
  const toolsSettled = !found.some(({ path }) => path[0] === "tools");
  if (toolsSettled && reordered(current.tools, target.tools)) notes.push({ kind: "tool_order" });
  const temperature = found.find(({ path }) =>
    isSamePath(path, ["completion_args", "temperature"]),
  );
  if (temperature?.before === 0.3 && temperature.after === undefined) {
    notes.push({ kind: "legacy_temperature" });
  }
  return notes;
}

/** What the server lists, by every name it may be written as; undefined where that could not be had. */
export type Listed = {
  readonly models: readonly Model[] | undefined;
  readonly libraries: readonly string[] | undefined;
  readonly connectors: readonly string[] | undefined;
};

/** Listed by a server that was not asked. */
export const nothingListed: Listed = {
  models: undefined,
  libraries: undefined,
  connectors: undefined,
};

/** Where a plan changes the model or the tools: adds a note for each thing they name that the server does not list. */
export function noteUnlisted(plan: AgentPlan, listed: Listed): AgentPlan {
  if (!("changes" in plan) || plan.action === "reuse") return plan;
  const set = (property: string) => plan.changes.some(({ path }) => path[0] === property);
  const { model, tools } = "definition" in plan ? plan.definition : plan.target;
  const { libraries, connectors } = set("tools") ? namedIn(tools) : nothingNamed;
  const notes: readonly Note[] = [
    ...unlisted(set("model") ? [model] : [], listed.models && modelNames(listed.models)).map(
      (each): Note => ({ kind: "unknown_model", model: each }),
    ),
    ...unlisted(libraries, listed.libraries).map(
      (library): Note => ({ kind: "unlisted_library", library }),
    ),
    ...unlisted(connectors, listed.connectors).map(
      (connector): Note => ({ kind: "unlisted_connector", connector }),
    ),
  ];
  return notes.length === 0 ? plan : { ...plan, notes: [...plan.notes, ...notes] };
}

type Named = { readonly libraries: readonly Json[]; readonly connectors: readonly Json[] };

const nothingNamed: Named = { libraries: [], connectors: [] };

/** Where a plan changes instructions that look like a forgotten `{ file: … }`: adds a note. */
export function noteForgottenFile(
  plan: AgentPlan,
  agents: readonly Pick<DesiredAgent, "key" | "forgottenFile">[],
): AgentPlan {
  if (!("changes" in plan) || !plan.changes.some(({ path }) => path[0] === "instructions"))
    return plan;
  const path = agents.find(({ key }) => key === plan.key)?.forgottenFile;
  if (path === undefined) return plan;
  return { ...plan, notes: [...plan.notes, { kind: "file_forgotten", path }] };
}

/** The libraries and connectors that tools name. */
function namedIn(tools: Json | undefined): Named {
  const known = isList(tools) ? tools.filter(isObject) : [];
  return {
    libraries: known.flatMap(({ library_ids }) => (isList(library_ids) ? library_ids : [])),
    connectors: known.flatMap(({ connector_id = null }) => [connector_id]),
  };
}

function unlisted(
  named: readonly (Json | undefined)[],
  listed: readonly string[] | undefined,
): readonly string[] {
  const texts = named.filter((each) => typeof each === "string");
  return listed === undefined ? [] : [...new Set(texts)].filter((each) => !listed.includes(each));
}

function reordered(current: Json | undefined, target: Json | undefined): boolean {
  if (!isList(current) || !isList(target)) return false;
  const types = (tools: readonly Json[]) =>
    tools.map((tool) => (isObject(tool) ? (tool.type ?? null) : null));
  return !sameJson(types(current), types(target));
}
