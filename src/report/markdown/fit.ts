import { folded } from "./block.ts";

/** A part of a document, shown in the longest of its forms that fits, or left out. */
export type Piece = {
  /** Pieces with a greater value are left out later. */
  readonly danger: number;
  /** From the shortest to the longest. Longer ones are computed only while there is room. */
  readonly forms: readonly [() => string, ...(() => string)[]];
};

/** Pieces of one kind under a title. */
export type Section = {
  /** Markdown; empty for none. */
  readonly title: string;
  /** The pieces are list items, blocks or table rows. */
  readonly layout: "list" | "blocks" | "table";
  /** The head of a table. */
  readonly head?: string;
  /** HTML summary if the pieces are folded away. */
  readonly foldedUnder?: string;
  readonly pieces: readonly Piece[];
  /** The remark about pieces that are left out or shortened. At most `longestRest` characters. */
  readonly rest: (dropped: number, cut: number) => string;
};

/** Longest remark about what a section leaves out. */
export const longestRest = 300;

/** With less room than this, longer forms are not tried. */
const worthwhile = 300;

/** Between blocks, and between items. */
const blockGap = "\n\n";
const itemGap = "\n";

/**
 * A document of at most `limit` UTF-16 units. If not everything fits, longer forms are dropped first and then whole
 * pieces, in both cases the least important first. `frame` is always included, above and below the sections.
 */
export function fitDocument(
  frame: { readonly above: readonly string[]; readonly below: readonly string[] },
  sections: readonly Section[],
  limit: number,
): string {
  const around = [...frame.above, ...frame.below].reduce((sum, text) => sum + cost(text), 0);
  const overhead = sections.reduce(
    (sum, { title, head = "", foldedUnder = "" }) =>
      sum +
      cost(title) +
      cost(head) +
      cost(folded(foldedUnder, "")) +
      longestRest +
      2 * blockGap.length,
    0,
  );
  const shown = choose(
    sections.flatMap(({ pieces }) => pieces),
    limit - around - overhead,
  );
  const blocks = [
    ...frame.above,
    ...sections.flatMap((section) => sectionBlocks(section, shown)),
    ...frame.below,
  ];
  return `${blocks.filter((block) => block !== "").join(blockGap)}\n`;
}

type Shown = { readonly text: string; readonly level: number };

function choose(pieces: readonly Piece[], room: number): ReadonlyMap<Piece, Shown> {
  const ordered = pieces.toSorted((left, right) => right.danger - left.danger);
  const levels = Math.max(0, ...pieces.map(({ forms }) => forms.length));
  const shown = new Map<Piece, Shown>();
  let left = room;
  for (let level = 0; level < levels; level += 1) {
    for (const piece of ordered) {
      const current = shown.get(piece);
      const form = piece.forms[level];
      const isNext = level === 0 || current?.level === level - 1;
      if (!isNext || form === undefined || (level > 0 && left < worthwhile)) continue;
      const text = form();
      const more = cost(text) - (current === undefined ? 0 : cost(current.text));
      if (more > left) continue;
      left -= more;
      shown.set(piece, { text, level });
    }
  }
  return shown;
}

function sectionBlocks(section: Section, shown: ReadonlyMap<Piece, Shown>): readonly string[] {
  const { title, layout, head, foldedUnder, pieces, rest } = section;
  if (pieces.length === 0) return [];
  const there = pieces.flatMap((piece) => {
    const found = shown.get(piece);
    return found === undefined ? [] : [{ ...found, isCut: found.level < piece.forms.length - 1 }];
  });
  const dropped = pieces.length - there.length;
  const cut = there.filter(({ isCut }) => isCut).length;
  const texts = there.map(({ text }) => text);
  const rows = head === undefined || texts.length === 0 ? texts : [head, ...texts];
  const body = rows.join(layout === "blocks" ? blockGap : itemGap);
  const isFolded = foldedUnder !== undefined && body !== "";
  return [
    title,
    isFolded ? folded(foldedUnder, body) : body,
    dropped + cut > 0 ? rest(dropped, cut) : "",
  ];
}

function cost(text: string): number {
  return text.length + blockGap.length;
}
