/** What the name of an agent is in an ephemeral environment, so that it is not the name of its siblings. */
export function ephemeralName(name: string, environment: string): string {
  return `${name}${suffixOf(environment)}`;
}

/** The name without what tells the environment, where it has that. */
export function withoutEnvironment(name: string, environment: string): string {
  const suffix = suffixOf(environment);
  const bare = name.slice(0, -suffix.length);
  return environment !== "" && bare !== "" && name.endsWith(suffix) ? bare : name;
}

function suffixOf(environment: string): string {
  return ` [${environment}]`;
}
