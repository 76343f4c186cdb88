import type { StoredAgents } from "./agent-store.ts";
import { type Catalogue, seededCatalogue } from "./catalogue.ts";
import type { StoredConversation } from "./conversation-state.ts";
import { isList, isObject, type Json, parseJson } from "./json.ts";

/** Everything that is saved. */
export type SavedState = StoredAgents & {
  readonly catalogue: Catalogue;
  /** Older emulators did not save conversations. */
  readonly conversations?: readonly StoredConversation[];
};

const format = 1;

/** The state of a new workspace. */
const emptyState: SavedState = {
  agents: [],
  sequence: 0,
  list_reads: 0,
  newer_tools: [],
  catalogue: seededCatalogue,
};

/** A state as text, in the form that `readState` reads. */
export function writeState(state: SavedState): string {
  return `${JSON.stringify({ format, ...state })}\n`;
}

/** The state in a text, or a new one. Throws an Error with a plain sentence if the text is not a saved state. */
export function readState(text: string | undefined): SavedState {
  if (text === undefined) return emptyState;
  const value = parseJson(text);
  if (value === undefined) throw new Error("The saved state of the emulator is not valid JSON.");
  if (!isObject(value) || value.format !== format) {
    throw new Error(`The saved state of the emulator does not have format ${format}.`);
  }
  if (!isState(value)) throw new Error("The saved state of the emulator is damaged.");
  return value;
}

function isState(value: Json): value is Json & SavedState {
  if (!isObject(value) || !isList(value.agents) || !isObject(value.catalogue)) return false;
  const { models, libraries, connectors } = value.catalogue;
  if (value.conversations !== undefined && !isList(value.conversations)) return false;
  return (
    value.agents.every(isStoredAgent) &&
    isList(value.newer_tools) &&
    typeof value.sequence === "number" &&
    typeof value.list_reads === "number" &&
    [models, libraries, connectors].every(isList)
  );
}

function isStoredAgent(value: Json): boolean {
  if (!isObject(value) || typeof value.id !== "string" || !isList(value.aliases)) return false;
  const { versions, version } = value;
  const isContent = (each: Json) => isObject(each) && isObject(each.content);
  const isDefault = (each: Json) => isObject(each) && each.version === version;
  return isList(versions) && versions.every(isContent) && versions.some(isDefault);
}
