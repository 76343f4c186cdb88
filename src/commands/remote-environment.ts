/** An environment of a project, as its agents on the server show it. */
export type RemoteEnvironment = {
  /** Empty for agents without an environment. */
  readonly name: string;
  readonly agents: number;
  /** The newest release that wrote one of its agents; empty if unknown. */
  readonly release: string;
  readonly isEphemeral: boolean;
};
