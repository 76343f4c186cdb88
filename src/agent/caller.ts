/** Whom an API key belongs to, as far as the server says. */
export type Caller = {
  readonly workspace: Place | undefined;
  readonly organization: Place | undefined;
};

/** A workspace or an organization. */
export type Place = { readonly id: string; readonly name: string };

/** Whether a name or an id means a workspace. */
export function isWorkspace({ id, name }: Place, wanted: string): boolean {
  return id === wanted || name === wanted;
}
