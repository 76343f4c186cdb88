/** What keys of well-known kinds look like. */
const forms: readonly { readonly what: string; readonly form: RegExp }[] = [
  { what: "a private key", form: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/ },
  { what: "an AWS access key", form: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  {
    what: "a GitHub token",
    form: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/,
  },
  { what: "a token of GitLab", form: /\bglpat-[A-Za-z0-9_-]{20,}/ },
  { what: "a token of Slack", form: /\bxox[abprs]-[A-Za-z0-9-]{20,}/ },
  { what: "a secret key", form: /\b(?:sk|rk|pk)[-_](?:[a-z]+[-_])?[A-Za-z0-9]{20,}\b/ },
  { what: "a JSON Web Token", form: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./ },
  { what: "a bearer token", form: /\bBearer [A-Za-z0-9._~+/-]{24,}/ },
];

/** The first thing in a text that looks like somebody's key, and where it begins. */
export function detectSecret(
  text: string,
): { readonly what: string; readonly at: number } | undefined {
  for (const { what, form } of forms) {
    const match = form.exec(text);
    if (match !== null) return { what, at: match.index };
  }
  return undefined;
}
