/** Two texts for display side by side: differences that are invisible are escaped. */
export function toldApart(left: string, right: string): readonly [string, string] {
  if (!looksLike(left, right)) return [left, right];
  return [spellLook(left), spellLook(right)];
}

function looksLike(left: string, right: string): boolean {
  return left !== right && look(left) === look(right);
}

/** A text without invisible differences: how letters are composed, the kind of spaces, and spaces at the end. */
export function look(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Zs}/gu, " ")
    .replace(spacesAtEnd, "");
}

const spacesAtEnd = /[ \t]+$/gm;

/**
 * A text with nothing hidden: combining marks, compatibility characters, parts of Korean letters, and spaces at an end
 * are escaped.
 */
export function spellLook(text: string): string {
  const shown = text.replace(/[^\n\t\u0020-\u007e]/gu, (each) =>
    hides(each) ? spelled(each) : each,
  );
  return spellSpacesAtEnd(shown);
}

function hides(character: string): boolean {
  return (
    /[\p{M}\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/u.test(character) ||
    character.normalize("NFKC") !== character
  );
}

/** A text with spaces and tabs at the ends of lines escaped. */
export function spellSpacesAtEnd(text: string): string {
  return text.replace(spacesAtEnd, (found) =>
    found.replaceAll("\t", "\\t").replaceAll(" ", "\\u{20}"),
  );
}

function spelled(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
