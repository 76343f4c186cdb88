import type { WeakSecret } from "../../agent/secret-text.ts";

const reasons = {
  short: "has fewer than 8 characters",
  word: "is a word that agentvane or agents.yaml uses",
} as const;

/** That a secret is too weak to be masked everywhere, and what to do. */
export function weakSecretText({ variable, weakness }: WeakSecret): {
  readonly message: string;
  readonly advice: string;
} {
  return {
    message: `the secret in ${variable} is too weak to be masked everywhere: it ${reasons[weakness]}`,
    advice: "It is masked only where it is a whole word. Use a longer, random secret.",
  };
}
