/** A cursor in a list of rows, and the first visible row. */
export type Window = { readonly row: number; readonly top: number };

/** With the cursor on an existing, visible row, and no empty space that rows could fill. */
export function inSight({ row, top }: Window, rows: number, height: number): Window {
  const there = Math.max(0, Math.min(row, rows - 1));
  const lowest = Math.max(0, rows - height);
  return { row: there, top: Math.max(there - height + 1, Math.min(top, there, lowest)) };
}
