import { isObject, type Json } from "../../agent/json.ts";
import type { Change } from "../../plan/agent-plan.ts";

/** A tool of a new agent: its identity, such as `function:lookup_order`, and its settings besides the type. */
export type NewTool = { readonly name: string; readonly settings: Json | undefined };

/** The tool that a change adds; undefined for other changes. */
export function newTool({ path, after }: Change): NewTool | undefined {
  const [property, tool] = path;
  if (property !== "tools" || typeof tool !== "object") return undefined;
  return { name: tool.item, settings: settingsOf(after) };
}

/** The same change without the type, which the tool's name already contains. */
export function withoutToolType(change: Change): Change {
  const tool = newTool(change);
  return tool === undefined ? change : { ...change, after: tool.settings };
}

function settingsOf(tool: Json | undefined): Json | undefined {
  if (tool === undefined || !isObject(tool)) return undefined;
  const { type: _type, ...settings } = tool;
  return Object.keys(settings).length === 0 ? undefined : settings;
}
