/** Why a text is not a valid server address, as the text of a usage error; undefined if it is valid. */
export function serverUrlProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    return `"${text}" is not a server address: expected https://…`;
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return "a server address must not contain a user name, password, query or fragment";
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return `plain http would send the API key unencrypted to ${url.host}: expected https://…`;
  }
  return undefined;
}

/** Whether a host, as `URL` writes it, is this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
