import type { SecretRef } from "../agent/definition.ts";
import type { RevealSecret } from "../agent/ports.ts";
import type { SecretText } from "../agent/secret-text.ts";

/** Holds the texts of secrets, so that a definition can have references only. */
export type SecretStore = {
  /** Takes in a secret text, by the reference that stands for it. */
  add(text: string, reference: string): SecretRef;
  /** Notes a secret whose text is not known, with the environment variables that it needs. */
  addUnset(variables: readonly string[], reference: string): SecretRef;
  reveal: RevealSecret;
  /** Every text it holds, by its reference. */
  texts(): readonly SecretText[];
  /** The environment variables that are not set, by the reference of the secret that needs them. */
  unset(): ReadonlyMap<string, readonly string[]>;
};

/** An empty store. */
export function secretStore(): SecretStore {
  const held = new Map<string, string>();
  const unset = new Map<string, readonly string[]>();
  return {
    add(text, reference) {
      held.set(reference, text);
      return { secret: reference };
    },
    addUnset(variables, reference) {
      unset.set(reference, variables);
      return { secret: reference };
    },
    reveal(reference) {
      const text = held.get(reference);
      if (text === undefined) throw new Error(`no secret is known as ${reference}`);
      return text;
    },
    texts: () => [...held].map(([variable, text]) => ({ variable, text })),
    unset: () => unset,
  };
}
