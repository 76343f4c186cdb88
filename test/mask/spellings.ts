/** How programs may spell a text that they pass on. */
export const spellings: { readonly [name: string]: (text: string) => string } = {
  "as it is": (text) => text,
  "in JSON": inJson,
  "in JSON inside JSON": (text) => inJson(inJson(text)),
  "in JSON of a log of JSON": (text) => inJson(inJson(inJson(text))),
  "in ASCII JSON": (text) => asciiJson(text, (digits) => digits),
  "in ASCII JSON, capitals": (text) => asciiJson(text, (digits) => digits.toUpperCase()),
  "in JSON for HTML": (text) =>
    inJson(text).replace(/[<>&'+]/g, (found) => `\\u00${hexOf(found).toUpperCase()}`),
  "in JSON with \\/": (text) => inJson(text).replaceAll("/", "\\/"),
  "in a URL": encodeURIComponent,
  "in a URL, small letters": (text) =>
    encodeURIComponent(text).replace(/%../g, (found) => found.toLowerCase()),
  "in a URL, every sign": (text) =>
    encodeURIComponent(text).replace(/[!'()*~]/g, (found) => `%${hexOf(found)}`),
  "in a URL inside a URL": (text) => encodeURIComponent(encodeURIComponent(text)),
  "in a form": (text) => new URLSearchParams({ x: text }).toString().slice(2),
  "in HTML by names": (text) =>
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&apos;"),
  "in HTML by numbers": (text) => text.replace(/[^\w ]/gu, (found) => `&#${found.codePointAt(0)};`),
  "in HTML by hexadecimal numbers": (text) =>
    text.replace(/[^\w ]/gu, (found) => `&#x${(found.codePointAt(0) ?? 0).toString(16)};`),
  "in HTML inside HTML": (text) =>
    text.replaceAll("&", "&amp;amp;").replaceAll("<", "&amp;lt;").replaceAll('"', "&amp;quot;"),
};

/** The ways to encode bytes as text in which a text is not seen any more. */
export const encodings = ["base64", "base64url"] as const;

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asciiJson(text: string, spell: (digits: string) => string): string {
  return inJson(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${spell(unit.charCodeAt(0).toString(16).padStart(4, "0"))}`,
  );
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16);
}
