import { type AliasName, aliasPattern } from "../agent/identity.ts";
import type { RemoteAlias } from "../agent/remote-agent.ts";

/**
 * The alias that remembers where another one stood before it was moved without a new version, for the way
 * back: `prod-prev` for `prod`. Undefined where that name would be too long.
 */
export function previousAliasOf(alias: AliasName): AliasName | undefined {
  const name = `${alias}-prev`;
  return new RegExp(aliasPattern).test(name) ? (name as AliasName) : undefined;
}

/** Whether an alias is the memory of another one. */
export function isMemory(memory: RemoteAlias, aliases: readonly RemoteAlias[]): boolean {
  return aliases.some(({ alias }) => previousAliasOf(alias) === memory.alias);
}
