import type { DeclaredAgent } from "../../commands/declared-agent.ts";
import { mergedIntoYaml } from "../../config/merge-into-yaml.ts";
import { loadText } from "../open-config.ts";
import type { ImportTarget } from "./compose-import.ts";

/** A configuration with the ids of agents added to their keys, and the agents that have no place in it. */
type Bound = {
  readonly text: string | undefined;
  readonly unbound: readonly DeclaredAgent[];
};

/**
 * Writes the `id` of an agent beside its key. The result is read again: if the key is defined in another file, the
 * configuration would have it twice, so the key is not changed.
 */
export async function bindDeclared(
  target: ImportTarget,
  bindings: readonly DeclaredAgent[],
  vars: ReadonlyMap<string, string>,
): Promise<Bound> {
  const { folder, file, environment } = target;
  let text = target.text;
  const unbound: DeclaredAgent[] = [];
  for (const binding of bindings) {
    const fresh = text && mergedIntoYaml(text, idMember(binding, environment));
    const texts = new Map([[file, fresh ?? ""]]);
    const read = fresh && (await loadText(folder, file, { texts, environment, vars }));
    if (fresh && read && read.kind === "loaded") text = fresh;
    else unbound.push(binding);
  }
  return { text, unbound };
}

function idMember({ key, remote: { id } }: DeclaredAgent, environment: string) {
  const agents = { [key]: { id } };
  return environment === "" ? { agents } : { environments: { [environment]: { agents } } };
}
