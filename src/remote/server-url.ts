/** What is wrong with a server's address, in words for a usage error; undefined when nothing is. */
export function serverUrlProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    return `"${text}" is not the address of a server: expected https://…`;
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return "the server's address may hold no user name, password, query or fragment";
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return `plain http would send the key unprotected to ${url.host}: expected https://…`;
  }
  return undefined;
}

/** Whether a host, as `URL` writes it, is this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
