/** Whom an API key belongs to, as far as the server says. */
export type Caller = {
  readonly workspace: NamedEntity | undefined;
  readonly organization: NamedEntity | undefined;
};

/** A workspace or an organization. */
export type NamedEntity = { readonly id: string; readonly name: string };

/** Whether a name or an id means a workspace. */
export function isWorkspace({ id, name }: NamedEntity, wanted: string): boolean {
  return id === wanted || name === wanted;
}
