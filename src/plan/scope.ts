/** What a plan is about; nothing outside it is ever written. */
export type Scope = {
  readonly server: string;
  readonly project: string;
  readonly environment: string;
};
