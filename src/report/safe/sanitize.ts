/** Scripts with joined letters, where joiners are part of the spelling of a word. */
const joining = ["Arab", "Syrc", "Nkoo", "Mong", "Adlm", "Deva", "Beng", "Guru", "Gujr", "Orya"]
  .concat("Taml", "Telu", "Knda", "Mlym", "Sinh", "Khmr", "Mymr")
  .map((script) => `\\p{Script=${script}}`)
  .join("");

/** A joiner in its proper place: between two emoji that form one, and between letters of a joining script. */
const spelling = [
  String.raw`(?<=\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=[${joining}]\p{M}*)[\u200c\u200d](?=[${joining}])`,
].join("|");

/**
 * Characters that a terminal obeys, and invisible ones: controls except tab, format characters (zero width,
 * bidirectional, tags), line separators, lone surrogates, invisible variation selectors. Joiners that belong to a word
 * or an emoji are allowed.
 */
const unseen = new RegExp(
  String.raw`(?!\t|${spelling})(?:[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|[\u{e0100}-\u{e01ef}])`,
  "gu",
);

/** What build services obey anywhere in a log: `##[group]`, `##vso[…]`, `##teamcity[…]`. */
const marked = /##(?=\w*\[)/g;

/** What GitHub's runner obeys at the start of a line, after any space: `::add-mask::…`. */
const leading = /^(\s*):(?=:)/;

/** A text as one harmless line: control and invisible characters are escaped (`\n`, `\u{1b}`). */
export function sanitizedLine(text: string): string {
  return text.replace(unseen, spelled);
}

/** A whole line of output that build services do not obey: a prompt may contain a line that starts with `::error`. */
export function sanitizedForLogs(line: string): string {
  return line
    .replace(leading, (_, space) => space + escaped(":"))
    .replace(marked, `#${escaped("#")}`);
}

/** A value as indented JSON with all of these escaped, so that it may be printed anywhere. */
export function sanitizedJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return text
    .replace(unseen, (found) => (found === "\n" ? found : jsonEscape(found)))
    .replace(marked, `#${jsonEscape("#")}`);
}

function spelled(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  return escaped(character);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** JSON has no escape beyond U+FFFF: such a character becomes two. */
function jsonEscape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
