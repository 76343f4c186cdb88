import type { SecretText, Weakness } from "../agent/secret-text.ts";

/** A shorter text is part of many words. */
const leastLength = 8;

/** Why a secret can only be masked as a whole word; undefined if it can be masked everywhere. */
export function weaknessOf(
  text: string,
  isKnownWord: (text: string) => boolean,
): Weakness | undefined {
  if (isKnownWord(text)) return "word";
  return text.length < leastLength ? "short" : undefined;
}

/** The texts that reveal a secret: all of it, and each of its lines that is not empty. */
export function textsOf({ text }: SecretText): readonly string[] {
  const whole = text.trim();
  const lines = whole.split(/\r\n|\n|\r/).map((line) => line.trim());
  const telling = lines.filter(
    (line) => line.length >= leastLength || (line.length > 2 && /[\p{L}\p{N}]/u.test(line)),
  );
  return whole === "" ? [] : [...new Set([whole, ...telling])];
}
