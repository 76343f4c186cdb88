/** A place in a file, 1-based; columns count UTF-16 units, as editors do. */
export type Position = { readonly file: string; readonly line: number; readonly column: number };
