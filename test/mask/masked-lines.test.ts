import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskOf } from "../../src/mask/mask.ts";
import { maskedLines } from "../../src/mask/masked-lines.ts";

function linesOf(chunks: readonly string[], ...secrets: readonly string[]): readonly string[] {
  const mask = maskOf(
    secrets.map((text) => ({ variable: "T", text })),
    () => false,
  );
  const lines: string[] = [];
  const sink = maskedLines(
    () => mask,
    (line) => lines.push(line),
  );
  for (const chunk of chunks) sink.push(chunk);
  sink.end();
  return lines;
}

/** A text in pieces of these lengths. */
function cut(text: string, lengths: readonly number[]): readonly string[] {
  const chunks: string[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return [...chunks, text.slice(at)];
}

describe("the lines of a stream", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["whole ones", ["a\nb\n"], ["a", "b"]],
    ["in pieces", ["a", "b\n", "", "c"], ["ab", "c"]],
    ["empty ones", ["\n\n", "a\n\n"], ["", "", "a", ""]],
    ["with other breaks", ["a\r\nb\rc\n"], ["a", "b", "c"]],
    ["with a break in two halves", ["a\r", "\nb"], ["a", "b"]],
    ["with a break that never got its second half", ["a\r"], ["a"]],
    ["with a break alone", ["\r", "\n", "\r", "x"], ["", "", "x"]],
    ["none", [], []],
  ])("%s", (_name, chunks, lines) => {
    expect(linesOf(chunks)).toEqual(lines);
  });

  test("are passed on as they arrive, not at the end", () => {
    const told: string[] = [];
    const mask = maskOf([{ variable: "T", text: "some-secret" }], () => false);
    const sink = maskedLines(
      () => mask,
      (line) => told.push(line),
    );
    sink.push("first some-se");
    expect(told).toEqual([]);
    sink.push("cret\nsecond");
    expect(told).toEqual(["first ***"]);
  });

  test("without an end are passed on in parts that contain no part of a secret", () => {
    const secret = "0123456789-secret";
    const parts = linesOf(cut(`x${secret}`.repeat(20_000), [1, 70_000, 3, 90_000]), secret);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.join("")).toBe("x***".repeat(20_000));
  });

  test("law: however a stream is split into chunks, its lines are those of the whole, masked", () => {
    const sign = fc.constantFrom("a", "b", "é", " ", "\\", '"', "😀");
    const secrets = fc
      .string({ unit: sign, minLength: 10, maxLength: 30 })
      .filter((text) => text.trim() === text);
    const part = fc.constantFrom("x", "\n", "\r\n", "\r", "", "ab");
    fc.assert(
      fc.property(
        secrets,
        fc.array(part, { maxLength: 8 }),
        fc.array(fc.nat(9), { maxLength: 30 }),
        (secret, parts, lengths) => {
          const text = parts.join(secret) + secret;
          const mask = maskOf([{ variable: "T", text: secret }], () => false);
          const lines = mask.text(text).split(/\r\n|\n|\r/);
          expect(linesOf(cut(text, lengths), secret)).toEqual(lines);
        },
      ),
    );
  });

  test("law: no line contains a part of a secret of several lines, however the stream is split", () => {
    const lines = fc.array(fc.stringMatching(/^[A-Za-z0-9+/]{8,64}$/), {
      minLength: 2,
      maxLength: 5,
    });
    fc.assert(
      fc.property(lines, fc.array(fc.nat(40), { maxLength: 20 }), (parts, lengths) => {
        const told = linesOf(cut(`see:\n${parts.join("\n")}\nend`, lengths), parts.join("\n"));
        for (const part of parts) expect(told.join("\n")).not.toContain(part);
      }),
    );
  });
});
