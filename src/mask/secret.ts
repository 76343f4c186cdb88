import type { SecretText, Weakness } from "../agent/secret-text.ts";

/** Shorter texts are part of many words. */
const leastLength = 8;

/** How a secret has to be masked; undefined when nothing but itself looks like it. */
export function weaknessOf(
  text: string,
  isKnownWord: (text: string) => boolean,
): Weakness | undefined {
  if (isKnownWord(text)) return "word";
  return text.length < leastLength ? "short" : undefined;
}

/** The texts that give a secret away: all of it, and each line that has something in it. */
export function textsOf({ text }: SecretText): readonly string[] {
  const whole = text.trim();
  const lines = whole.split(/\r\n|\n|\r/).map((line) => line.trim());
  const telling = lines.filter(
    (line) => line.length >= leastLength || (line.length > 2 && /[\p{L}\p{N}]/u.test(line)),
  );
  return whole === "" ? [] : [...new Set([whole, ...telling])];
}
