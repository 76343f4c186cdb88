import type { JsonObject } from "../agent/json.ts";
import { frontMatterBounds } from "./front-matter.ts";
import { mergedIntoYaml } from "./merge-into-yaml.ts";
import { lineEndOf } from "./splice.ts";

/** Where an alias of an agent is to be pinned. */
export type PinnedAlias = {
  readonly key: string;
  readonly alias: string;
  readonly version: number;
};

/**
 * A YAML file of a configuration with aliases pinned to versions: those of its agents, or of the agents of an
 * environment. Not a byte but the pins changes. Undefined when the file cannot hold them so.
 */
export function withPins(
  text: string,
  environment: string,
  pins: readonly PinnedAlias[],
): string | undefined {
  return mergedIntoYaml(text, wantedBy(environment, pins));
}

/** The same for a Markdown file, which is one agent: its front matter says where its aliases stand. */
export function withPinsInFrontMatter(
  stored: string,
  pins: readonly PinnedAlias[],
): string | undefined {
  const aliases = Object.fromEntries(pins.map(({ alias, version }) => [alias, version]));
  const mark = stored.startsWith("\uFEFF") ? "\uFEFF" : "";
  const text = stored.slice(mark.length);
  const bounds = frontMatterBounds(text);
  if (bounds === undefined) return undefined;
  const { frontStart, frontEnd, bodyStart } = bounds;
  const front = mergedIntoYaml(text.slice(frontStart, frontEnd), { aliases });
  if (front === undefined) return undefined;
  const lineEnd = lineEndOf(text);
  const fresh =
    bodyStart === 0
      ? `---${lineEnd}${front.trimEnd()}${lineEnd}---${lineEnd}${text}`
      : text.slice(0, frontStart) + front + text.slice(frontEnd);
  // What was front matter is front matter still, and the instructions are the same.
  const after = frontMatterBounds(fresh);
  const isKept = after !== undefined && fresh.slice(after.bodyStart) === text.slice(bodyStart);
  return isKept ? mark + fresh : undefined;
}

function wantedBy(environment: string, pins: readonly PinnedAlias[]): JsonObject {
  const agents: Record<string, { aliases: Record<string, number> }> = {};
  for (const { key, alias, version } of pins) {
    const agent = (Object.hasOwn(agents, key) && agents[key]) || { aliases: {} };
    agent.aliases[alias] = version;
    agents[key] = agent;
  }
  return environment === "" ? { agents } : { environments: { [environment]: { agents } } };
}
