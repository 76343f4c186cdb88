import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";

/** One of this project's agents with its aliases. */
export type ShownAgent = {
  readonly key: string;
  readonly agent: RemoteAgent;
  readonly aliases: readonly RemoteAlias[];
};
