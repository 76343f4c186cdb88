import type { AgentKey, AliasName, Version } from "./identity.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { remembered } from "./remembered.ts";

const prefix = "agentvane.";

/**
 * Who owns an agent and which run made a version of it, kept in the agent's `metadata`: flat texts under
 * `agentvane.`, all of them in every write, so that a server that merges keeps nothing of an older one. What only
 * agentvane itself reads shares one of them, since a server may allow few.
 */
export type Tags = {
  readonly project: string;
  readonly environment: string;
  readonly key: string;
  /** The number this version was expected to get. */
  readonly version: string;
  /** Digest of the definition it was built from: a witness, never the judge. */
  readonly spec: string;
  /** Nonce of the run that created the agent. */
  readonly create: string;
  /** The apply that wrote this version. */
  readonly release: string;
  /** Aliases that the release moved to this version, and where they stood before: `prod=3,staging=`. */
  readonly aliases: string;
  /** "true" under `prevent_destroy`. */
  readonly protect: string;
  /** "true" in an ephemeral environment. */
  readonly ephemeral: string;
  /** Digits of what was sent, by property: tells whether somebody edited the version in place. */
  readonly content: string;
};

/** Tags with a name of their own in metadata. */
const separate = [
  "project",
  "environment",
  "key",
  "version",
  "aliases",
  "protect",
  "ephemeral",
  "content",
] as const satisfies readonly (keyof Tags)[];

/** Tags that are written as one, `build`, such as `spec=45f2,create=52f9,release=2026`. */
const shared = ["spec", "create", "release"] as const satisfies readonly (keyof Tags)[];

/** Nothing is forgotten, and nothing is written twice. */
const names: readonly (keyof Tags)[] = [...separate, ...shared] satisfies readonly (
  | (typeof separate)[number]
  | (typeof shared)[number]
)[];

/** Whether an agent belongs to an environment that is made to be deleted again. */
export function isEphemeral({ metadata }: { readonly metadata?: Json | undefined }): boolean {
  return tagsOf({ metadata })?.ephemeral === "true";
}

/** Whether a metadata name belongs to agentvane and may not be declared by a user. */
export function isTag(name: string): boolean {
  return name.startsWith(prefix);
}

/** The tags as metadata members. */
export function tagsToMetadata(tags: Tags): JsonObject {
  const build = shared.map((name) => `${name}=${tags[name]}`).join(",");
  const own = separate.map((name): [string, Json] => [prefix + name, tags[name]]);
  return Object.fromEntries([...own, [`${prefix}build`, build]]);
}

/** Metadata members that take the tags away: a server that merges keeps what is merely left out. */
export const untaggedMetadata: JsonObject = Object.fromEntries(
  [...names, "build"].map((name) => [prefix + name, null]),
);

/** The tags that an agent's metadata carries, or undefined when it names no project and key of ours. */
export function tagsOf({ metadata }: { readonly metadata?: Json | undefined }): Tags | undefined {
  return isObject(metadata) ? tagsIn(metadata) : undefined;
}

/** The key that an agent's tags name; empty for an agent without tags, which is no key. */
export function taggedKey(agent: { readonly metadata?: Json | undefined }): AgentKey {
  return (tagsOf(agent)?.key ?? "") as AgentKey;
}

/** Many rules ask the same agent who owns it. */
const tagsIn = remembered((metadata: JsonObject): Tags | undefined => {
  const build = sharedIn(metadata[`${prefix}build`]);
  const text = (name: keyof Tags): string => {
    // Versions of before they shared one have each by itself.
    const value = build.get(name) ?? metadata[prefix + name];
    return typeof value === "string" ? value : "";
  };
  if (text("project") === "" || text("key") === "") return undefined;
  return Object.fromEntries(names.map((name) => [name, text(name)])) as Tags;
});

function sharedIn(build: Json | undefined): ReadonlyMap<string, string> {
  if (typeof build !== "string") return new Map();
  return new Map(
    build.split(",").flatMap((pair): [string, string][] => {
      const [name = "", value = ""] = pair.split("=");
      return shared.some((each) => each === name) ? [[name, value]] : [];
    }),
  );
}

/**
 * Whether a version was written by agentvane: its tags name its own number. An edit in the console copies the tags
 * into a version with another number; one that was made in place is told by `.content` instead, so this alone does
 * not say that the version still is what was written. `0` also proves the lowest version, for servers that count
 * from 1.
 */
export function provesItself(
  agent: { readonly metadata?: Json | undefined; readonly version: Version },
  versions: readonly Version[],
): boolean {
  const tags = tagsOf(agent);
  if (tags === undefined) return false;
  if (tags.version === String(agent.version)) return true;
  return tags.version === "0" && agent.version === Math.min(...versions, agent.version);
}

/**
 * The aliases that a release moved to the version with these tags, and where each stood before; undefined is
 * nowhere.
 */
export function aliasesBefore({ aliases }: Tags): ReadonlyMap<AliasName, Version | undefined> {
  const pairs = aliases.split(",").filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair): [AliasName, Version | undefined] => {
      const [alias = "", before = ""] = pair.split("=");
      return [alias as AliasName, before === "" ? undefined : (Number(before) as Version)];
    }),
  );
}

/** How `aliasesBefore` is written. */
export function aliasesTag(before: ReadonlyMap<AliasName, Version | undefined>): string {
  return [...before]
    .map(([alias, version]) => `${alias}=${version ?? ""}`)
    .sort()
    .join(",");
}
