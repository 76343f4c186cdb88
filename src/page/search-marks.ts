import { stretches } from "./search.ts";

/** The name of the highlight in the style sheet. */
const name = "found";

/** More marks cost time and help no reader. */
const mostMarks = 2_000;

/** Elements whose text is searched as one, whatever markup it has: a line of a diff, a sentence, a name. */
const blocks = "td, p, h3, h4, li, summary > *";

/** Texts of the page itself, which a search does not find: line numbers and signs, counts of properties. */
const ownWords = ".number, .sign, .count, .unseen, .gap";

/**
 * Marks the words in some elements. The elements stay unchanged: the browser paints the marks over them. A browser
 * without CSS highlights shows no marks.
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

/** The texts below an element, grouped by block. */
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

/** The text node that contains a character of all texts together, and its offset there. */
function placeIn(texts: readonly Text[], at: number, more = 0): [Text, number] {
  let rest = at;
  for (const text of texts) {
    if (rest < text.length) return [text, rest + more];
    rest -= text.length;
  }
  throw new Error("the offset is outside the text");
}
