const quotes =
  "A value that holds `: ` or ` #`, or begins with @, *, &, !, %, {, [ or a backtick, needs quotes.";

/** The advice for a YAML error, by the parser's name for it. */
const advice: ReadonlyMap<string, string> = new Map([
  ["BLOCK_AS_IMPLICIT_KEY", quotes],
  ["BAD_SCALAR_START", quotes],
  [
    "MULTILINE_IMPLICIT_KEY",
    "A colon, or the quote at the end of a text, is missing on this line.",
  ],
  ["BAD_INDENT", "Close every bracket and quote, and give all members of one map the same indent."],
  ["BAD_PROP_ORDER", quotes],
  [
    "BLOCK_IN_FLOW",
    "Put a value that holds `: ` in quotes. Inside { } and [ ], write maps and lists with { } and [ ], too.",
  ],
  ["TAB_AS_INDENT", "Indent with spaces: YAML does not allow tabs there."],
  ["MISSING_CHAR", "Close the quote or the bracket, and put a space after each colon and dash."],
  [
    "BAD_DQ_ESCAPE",
    "In double quotes a backslash begins an escape; use single quotes for a text with backslashes.",
  ],
  ["BAD_ALIAS", quotes],
  ["UNEXPECTED_TOKEN", "A bracket, a comma or a quote is missing here, or there is one too many."],
  ["DUPLICATE_KEY", "Keep one of the two."],
]);

/** How to fix a YAML error. */
export function yamlAdvice(rule: string): string {
  return advice.get(rule) ?? quotes;
}
