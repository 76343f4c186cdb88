/** Members whose texts are words of ours, by which data is told apart. */
const ours: ReadonlySet<string> = new Set(["kind", "action", "origin", "stage", "write", "code"]);

/** The same data with a mask put over every text in it, names of members left out. */
export function maskedTexts<Value>(value: Value, mask: (text: string) => string): Value {
  return masked(value, mask) as Value;
}

function masked(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((each) => masked(each, mask));
  if (value instanceof Map) {
    return new Map([...value].map(([name, each]) => [masked(name, mask), masked(each, mask)]));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      ours.has(name) && typeof each === "string" ? each : masked(each, mask),
    ]),
  );
}
