/** What was changed and is not saved yet. */
export type Changes = {
  /** What changed since it was last asked; to be handed back when it could not be saved. */
  readonly takeChanges: () => ReadonlySet<string>;
  readonly handBack: (changes: ReadonlySet<string>) => void;
};

/** Things with an id, in the order in which they came, that know which of them changed since they were saved. */
export type Records<Record extends { readonly id: string }> = Changes & {
  readonly all: () => readonly Record[];
  readonly find: (id: string) => Record | undefined;
  readonly put: (record: Record) => void;
  /** Whether there was one. */
  readonly remove: (id: string) => boolean;
  /** Takes over what somebody else saved; what changed here since stays as it is here. */
  readonly refresh: (saved: readonly Record[]) => void;
};

/** Records that are there from the start, none of them changed. */
export function createRecords<Record extends { readonly id: string }>(
  before: readonly Record[],
): Records<Record> {
  let records = new Map(before.map((record) => [record.id, record]));
  let changed = new Set<string>();
  return {
    all: () => [...records.values()],
    find: (id) => records.get(id),
    put: (record) => {
      records.set(record.id, record);
      changed.add(record.id);
    },
    remove: (id) => {
      if (!records.delete(id)) return false;
      changed.add(id);
      return true;
    },
    refresh: (saved) => {
      const mine = records;
      records = new Map(saved.map((record) => [record.id, record]));
      for (const id of changed) {
        const record = mine.get(id);
        if (record === undefined) records.delete(id);
        else records.set(id, record);
      }
    },
    takeChanges: () => {
      const taken = changed;
      changed = new Set();
      return taken;
    },
    handBack: (changes) => {
      changed = new Set([...changes, ...changed]);
    },
  };
}
