import { mergedIntoYaml, type Wanted } from "./merge-into-yaml.ts";

/** Where an alias of an agent is to be pinned. */
export type PinnedAlias = {
  readonly key: string;
  readonly alias: string;
  readonly version: number;
};

/**
 * A YAML file of a configuration with aliases pinned to versions: those of its agents, or of the agents of an
 * environment. Not a byte but the pins changes. Undefined when the file cannot hold them.
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
  text: string,
  pins: readonly PinnedAlias[],
): string | undefined {
  const aliases = Object.fromEntries(pins.map(({ alias, version }) => [alias, version]));
  const matter = /^(---\r?\n)([\s\S]*?)(^---\r?$)/m.exec(text);
  if (matter === null || matter.index !== 0)
    return `---\n${mergedIntoYaml("{}", { aliases })}\n---\n${text}`;
  const [, open = "", inside = ""] = matter;
  const fresh = mergedIntoYaml(inside, { aliases });
  return fresh && text.slice(0, open.length) + fresh + text.slice(open.length + inside.length);
}

function wantedBy(environment: string, pins: readonly PinnedAlias[]): Wanted {
  const agents: Record<string, { aliases: Record<string, number> }> = {};
  for (const { key, alias, version } of pins) {
    const agent = (Object.hasOwn(agents, key) && agents[key]) || { aliases: {} };
    agent.aliases[alias] = version;
    agents[key] = agent;
  }
  return environment === "" ? { agents } : { environments: { [environment]: { agents } } };
}
