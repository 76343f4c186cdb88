/** Changes that are not saved yet. */
export type Changes = {
  /** What changed since the last call; give it back if it could not be saved. */
  readonly takeChanges: () => ReadonlySet<string>;
  readonly handBack: (changes: ReadonlySet<string>) => void;
};

/** Records with an id, in order of creation; it knows which of them changed since the last save. */
export type Records<Record extends { readonly id: string }> = Changes & {
  readonly all: () => readonly Record[];
  readonly find: (id: string) => Record | undefined;
  readonly put: (record: Record) => void;
  /** Removes a record; false if it did not exist. */
  readonly remove: (id: string) => boolean;
  /** Takes over what another process saved; keeps what changed here since. */
  readonly refresh: (saved: readonly Record[]) => void;
};

/** Records that exist from the start, unchanged. */
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
