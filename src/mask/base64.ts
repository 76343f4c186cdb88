import { type PatternPiece, piecesOf } from "./spelling.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A shorter run of characters would match by chance. */
const leastCharacters = 8;

/** A character that may hold bits of the text and of its neighbour. */
const shared: PatternPiece = { source: "[A-Za-z0-9+/_\\-]?", literal: "" };

/** Where programs break long base64: `base64` and MIME after 76 characters, OpenSSL and PEM after 64. */
const lineLengths = [64, 76];

/**
 * A text in base64 or base64url, anywhere in the encoded text, such as `user:secret`. Three bytes become four
 * characters, so there are three alignments; characters that share bits with a neighbour are left out.
 */
export function base64PiecesOf(text: string): readonly (readonly PatternPiece[])[] {
  const bytes = new TextEncoder().encode(text);
  const [whole = "", ...shifted] = [0, 1, 2].map((before) => charactersOf(bytes, before));
  const lines = lineLengths.flatMap((length) =>
    whole.length > length ? (whole.match(new RegExp(`.{1,${length}}`, "g")) ?? []) : [],
  );
  return [...new Set([whole, ...shifted, ...lines])]
    .filter((each) => each.length >= leastCharacters)
    .map((each) => [shared, ...inEitherAlphabet(each), shared]);
}

/** The characters that depend only on these bytes, after `before` other bytes. */
function charactersOf(bytes: Uint8Array, before: number): string {
  const first = Math.ceil((8 * before) / 6);
  const last = Math.floor((8 * (before + bytes.length)) / 6);
  const bit = (at: number) => {
    const byte = bytes[Math.floor(at / 8) - before] ?? 0;
    return (byte >> (7 - (at % 8))) & 1;
  };
  let text = "";
  for (let at = first; at < last; at += 1) {
    let value = 0;
    for (let nth = 0; nth < 6; nth += 1) value = value * 2 + bit(6 * at + nth);
    text += letters[value] ?? "";
  }
  return text;
}

function inEitherAlphabet(text: string): readonly PatternPiece[] {
  return piecesOf(text).map((piece) => {
    if (piece.literal !== "") return piece;
    return { source: `(?:${piece.source}|[-_])`, literal: "" };
  });
}
