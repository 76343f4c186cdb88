import type { SecretRef } from "../agent/definition.ts";
import type { RevealSecret } from "../agent/ports.ts";

/** Holds the texts of secrets, so that a definition can have references only. */
export type SecretVault = {
  /** Takes in a secret text, by the reference that stands for it. */
  keep(text: string, reference: string): SecretRef;
  reveal: RevealSecret;
  /** Every text it holds. */
  texts(): readonly string[];
};

/** An empty vault. */
export function secretVault(): SecretVault {
  const held = new Map<string, string>();
  return {
    keep(text, reference) {
      held.set(reference, text);
      return { secret: reference };
    },
    reveal(reference) {
      const text = held.get(reference);
      if (text === undefined) throw new Error(`no secret is known as ${reference}`);
      return text;
    },
    texts: () => [...new Set(held.values())],
  };
}
