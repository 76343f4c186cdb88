import type { SecretRef } from "../agent/definition.ts";
import type { RevealSecret } from "../agent/ports.ts";
import type { SecretText } from "../agent/secret-text.ts";

/** Holds the texts of secrets, so that a definition can have references only. */
export type SecretVault = {
  /** Takes in a secret text, by the reference that stands for it. */
  keep(text: string, reference: string): SecretRef;
  /** Notes a secret whose text is not known, with the environment variables that it needs. */
  lack(variables: readonly string[], reference: string): SecretRef;
  reveal: RevealSecret;
  /** Every text it holds, by its reference. */
  texts(): readonly SecretText[];
  /** The environment variables that are not set, by the reference of the secret that needs them. */
  unset(): ReadonlyMap<string, readonly string[]>;
};

/** An empty vault. */
export function secretVault(): SecretVault {
  const held = new Map<string, string>();
  const lacking = new Map<string, readonly string[]>();
  return {
    keep(text, reference) {
      held.set(reference, text);
      return { secret: reference };
    },
    lack(variables, reference) {
      lacking.set(reference, variables);
      return { secret: reference };
    },
    reveal(reference) {
      const text = held.get(reference);
      if (text === undefined) throw new Error(`no secret is known as ${reference}`);
      return text;
    },
    texts: () => [...held].map(([variable, text]) => ({ variable, text })),
    unset: () => lacking,
  };
}
