import { isKnown } from "./canonical.ts";
import { isObject, type Json } from "./json.ts";
import type { Kind } from "./property.ts";

type Toolbox = Kind & { readonly kind: "toolbox" };

/**
 * The tools of a list by what makes each one itself: its type, and for functions and connectors their name
 * (`function:lookup_order`). A second one of the same identity gets `#2`. Unknown types are left out.
 */
export function toolsByIdentity(kind: Toolbox, tools: readonly Json[]): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  for (const tool of tools) {
    if (!isKnown(kind.of, tool)) continue;
    const identity = identityOf(kind, tool);
    let unique = identity;
    for (let nth = 2; found.has(unique); nth += 1) unique = `${identity}#${nth}`;
    found.set(unique, tool);
  }
  return found;
}

function identityOf(kind: Toolbox, tool: Json): string {
  if (!isObject(tool)) return "";
  const tag = String(tool[kind.of.by]);
  const path = kind.named[tag];
  if (path === undefined) return tag;
  let name: Json | undefined = tool;
  for (const step of path) name = isObject(name) ? name[step] : undefined;
  return `${tag}:${String(name)}`;
}
