/** The unit of ownership: a project in one environment, "" where there are none. */
export type Owner = { readonly project: string; readonly environment: string };

/** What a plan is about; nothing outside it is ever written. */
export type Scope = Owner & { readonly server: string };
