/** Shorter texts are not masked: they would blot out ordinary words, and hide nothing. */
const shortestSecret = 4;

/**
 * A function that masks secrets in any text that leaves the process: as they are, and as they look in a URL,
 * in base64, inside JSON, and inside JSON that a server quoted and we quote again. The longest go first, so
 * that a secret inside another leaves no rest.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [
      secret,
      quoted(secret),
      quoted(quoted(secret)),
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64").replace(/=+$/, ""),
    ]);
  const ordered = [...new Set(forms)].sort((left, right) => right.length - left.length);
  return (text) => ordered.reduce((masked, form) => masked.replaceAll(form, "***"), text);
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
