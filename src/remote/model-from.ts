import { isList, isObject, type Json } from "../agent/json.ts";
import type { Deprecation, Model } from "../agent/model.ts";

/** A row of the list of models; nothing if it has no id. Every other member is optional. */
export function modelFrom(row: Json): readonly Model[] {
  if (!isObject(row) || typeof row.id !== "string") return [];
  const { id, aliases, archived, capabilities } = row;
  return [
    {
      id,
      aliases: isList(aliases) ? aliases.filter((name) => typeof name === "string") : [],
      deprecation: deprecationFrom(row.deprecation, row.deprecation_replacement_model),
      isArchived: archived === true,
      canCallFunctions: !(isObject(capabilities) && capabilities.function_calling === false),
    },
  ];
}

/** The API documents a time. A date alone, and `true`, are accepted too. */
function deprecationFrom(date: Json | undefined, other: Json | undefined): Deprecation | undefined {
  if (date === undefined || date === null || date === false || date === "") return undefined;
  return {
    date: typeof date === "string" ? date : undefined,
    replacement: typeof other === "string" && other !== "" ? other : undefined,
  };
}
