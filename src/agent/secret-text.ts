/** A text that must not be shown, by the environment variable that holds it. */
export type SecretText = { readonly variable: string; readonly text: string };

/**
 * Why a secret cannot be masked wherever it stands: a text that short is part of many words, or it is a word that
 * agentvane or the configuration uses.
 */
export type Weakness = "short" | "word";

/** A secret that can be masked only where it stands as a word of its own. */
export type WeakSecret = { readonly variable: string; readonly weakness: Weakness };
