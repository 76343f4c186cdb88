/** An environment variable; an empty one is an unset one. Of `constructor` and its like there is none. */
export function variable(name: string): string | undefined {
  const text = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
  return text === "" ? undefined : text;
}
