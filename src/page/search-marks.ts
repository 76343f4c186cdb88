import { stretches } from "./search.ts";

/** The name under which the style knows what was found. */
const name = "found";

/** More is not worth the time: nobody looks at them one by one. */
const mostMarks = 2_000;

/** A text that is read in one go, whatever it is marked up with: a line of a diff, a sentence, a name. */
const blocks = "td, p, h3, h4, li, summary > *";

/** What the page says by itself, which no search finds: numbers and signs of lines, how many properties change. */
const ownWords = ".number, .sign, .count, .unseen, .gap";

/**
 * Marks where the words stand in some elements, and nowhere else. What is shown is not touched: the browser paints the
 * marks over it. One that cannot shows none.
 */
export function markWords(roots: readonly Element[], words: readonly string[]): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete(name);
  if (words.length === 0) return;
  const ranges: Range[] = [];
  for (const texts of roots.flatMap(textBlocks)) {
    ranges.push(...rangesIn(texts, words));
    if (ranges.length >= mostMarks) break;
  }
  if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
}

/** The texts below an element, those of one block together. */
function textBlocks(root: Element): readonly (readonly Text[])[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = new Map<Element, Text[]>();
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (text.parentElement?.closest(ownWords) != null) continue;
    const block = text.parentElement?.closest(blocks) ?? root;
    const texts = found.get(block);
    if (texts === undefined) found.set(block, [text]);
    else texts.push(text);
  }
  return [...found.values()];
}

function rangesIn(texts: readonly Text[], words: readonly string[]): readonly Range[] {
  const whole = texts.map(({ data }) => data).join("");
  return stretches(whole, words).map(([start, end]) => {
    const range = document.createRange();
    range.setStart(...placeIn(texts, start));
    range.setEnd(...placeIn(texts, end - 1, 1));
    return range;
  });
}

/** The text in which a character of all of them stands, and where in it. */
function placeIn(texts: readonly Text[], at: number, more = 0): [Text, number] {
  let rest = at;
  for (const text of texts) {
    if (rest < text.length) return [text, rest + more];
    rest -= text.length;
  }
  throw new Error("a place outside the text");
}
