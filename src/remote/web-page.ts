/** What to say of an answer that is a web page: a captive portal, a gateway, or the wrong address. */
export const webPageReason =
  "the server answered with a web page instead of JSON; check the server's address";

/** Whether an answer is HTML, by what it says of itself or by how it begins. */
export function isWebPage(headers: Headers, text: string): boolean {
  const type = headers.get("content-type") ?? "";
  return type.includes("html") || /^\s*<(!doctype|html)\b/i.test(text);
}
