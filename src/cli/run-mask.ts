import type { SecretText, WeakSecret } from "../agent/secret-text.ts";
import type { MaskTerms } from "../config/mask-terms.ts";
import { type Mask, maskOf } from "../mask/mask.ts";
import { weaknessOf } from "../mask/secret.ts";
import { isToolWord } from "./args/tool-words.ts";
import { variable } from "./variable.ts";

/** The mask of a run, which grows as secrets become known. */
export type RunMask = {
  readonly current: () => Mask;
  readonly add: (terms: MaskTerms) => void;
  /** The known secrets that are too weak to be masked everywhere, by name. */
  readonly weak: () => readonly WeakSecret[];
};

/** A mask for secrets that are known from the start. */
export function runMask(known: readonly SecretText[]): RunMask {
  const secrets = new Map(known.map((secret) => [identityOf(secret), secret]));
  const words = new Set<string>();
  const isKnownWord = (text: string) => words.has(text) || /^\d+$/.test(text) || isToolWord(text);
  let mask = maskOf([...secrets.values()], isKnownWord);
  return {
    current: () => mask,
    add: (terms) => {
      for (const word of terms.words) words.add(word);
      for (const secret of terms.secrets) secrets.set(identityOf(secret), secret);
      mask = maskOf([...secrets.values()], isKnownWord);
    },
    weak: () => {
      const found = [...secrets.values()].flatMap(({ variable, text }): WeakSecret[] => {
        const weakness = text.trim() === "" ? undefined : weaknessOf(text.trim(), isKnownWord);
        return weakness === undefined ? [] : [{ variable, weakness }];
      });
      return found.sort((left, right) => (left.variable < right.variable ? -1 : 1));
    },
  };
}

/** The key in its default variable: masked in every command, even without a file. */
export function usualKey(): readonly SecretText[] {
  const name = "MISTRAL_API_KEY";
  const text = variable(name);
  return text === undefined ? [] : [{ variable: name, text }];
}

function identityOf({ variable, text }: SecretText): string {
  return JSON.stringify([variable, text]);
}
