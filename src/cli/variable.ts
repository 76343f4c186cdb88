/** An environment variable; undefined if unset or empty. Inherited properties such as `constructor` do not count. */
export function variable(name: string): string | undefined {
  const text = Object.hasOwn(process.env, name) ? process.env[name] : undefined;
  return text === "" ? undefined : text;
}
