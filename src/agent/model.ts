/** A model as the server lists it, as far as an agent depends on that. */
export type Model = {
  readonly id: string;
  /** What else it is called. */
  readonly aliases: readonly string[];
  /** Undefined where the server does not mark it as deprecated. */
  readonly deprecation: Deprecation | undefined;
  readonly isArchived: boolean;
  /** False only where the server says so. */
  readonly canCallFunctions: boolean;
};

/** An announcement that a model will go, or is gone. */
export type Deprecation = {
  /** As the server writes it, a date or a time; undefined where it gives none. */
  readonly date: string | undefined;
  readonly replacement: string | undefined;
};

/** Every name that an agent's `model` can be written as. */
export function modelNames(models: readonly Model[]): readonly string[] {
  return [...new Set(models.flatMap(({ id, aliases }) => [id, ...aliases]))];
}
