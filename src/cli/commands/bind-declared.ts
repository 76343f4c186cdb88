import type { DeclaredAgent } from "../../commands/declared-agent.ts";
import { mergedIntoYaml } from "../../config/merge-into-yaml.ts";
import { loadText } from "../open-config.ts";
import type { ImportTarget } from "./compose-import.ts";

/** A configuration in which keys are bound to their agents, and those that it has no place for. */
type Bound = {
  readonly text: string | undefined;
  readonly unbound: readonly DeclaredAgent[];
};

/**
 * Writes the `id` of an agent beside its key. What was written is read again: where the key stands in another file, the
 * configuration would have it twice, and the key stays as it is.
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
