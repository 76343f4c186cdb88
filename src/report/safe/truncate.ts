/** "1 agent", "2 agents". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** Names separated by commas, at most the first `most` of them. */
export function listed(names: readonly string[], most = 10): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(", ")} and ${more} more` : names.join(", ");
}

/** A text of at most about `most` characters: the middle is left out, with a note how much. */
export function truncated(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  const head = text.slice(0, half).replace(/[\ud800-\udbff]$/, "");
  const tail = text.slice(-half).replace(/^[\udc00-\udfff]/, "");
  const left = text.length - head.length - tail.length;
  return `${head} … ${left} more characters … ${tail}`;
}
