import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskOf } from "../../src/mask/mask.ts";
import { encodings, spellings } from "./spellings.ts";

const maskFor = (...texts: readonly string[]) =>
  maskOf(
    texts.map((text) => ({ variable: "T", text })),
    (word) => ["true", "instructions", "triage"].includes(word),
  );

/** What tokens, passwords and keys consist of, with everything that some format spells in its own way. */
const signs = [..."aZ09\"\\/+&<>'=%-_.~!() \t", "é", "€", "😀"];
const secrets = fc
  .array(fc.constantFrom(...signs), { minLength: 9, maxLength: 40 })
  .map((parts) => parts.join("").trim())
  .filter((text) => text.length > 8 && /[aZ09é]/.test(text));
const around = fc.string({ unit: fc.constantFrom(...signs, "\n", "b", "c"), maxLength: 30 });

describe("a secret is masked in every spelling", () => {
  const secret = "to\"ken/with+odd=chärs \\and & <more>'s";

  test.each(Object.entries(spellings))("%s", (_name, spell) => {
    expect(maskFor(secret).text(`before ${spell(secret)} after`)).toBe("before *** after");
  });

  test.each(encodings.flatMap((encoding) => [0, 1, 2, 3, 4].map((at) => [encoding, at] as const)))(
    "in %s, after %i other bytes",
    (encoding, at) => {
      const encoded = Buffer.from(`${"u".repeat(at)}${secret}:x`).toString(encoding);
      const masked = maskFor(secret).text(encoded);
      expect(masked).toMatch(/^\w{0,6}\*\*\*[\w=]{0,6}$/);
    },
  );

  test.each([64, 76])("in base64 with line breaks after %i characters", (length) => {
    const long = Buffer.from(Array.from({ length: 200 }, (_, at) => at * 7)).toString("hex");
    const lines = Buffer.from(long)
      .toString("base64")
      .match(new RegExp(`.{1,${length}}`, "g"));
    const masked = maskFor(long).text((lines ?? []).join("\n"));
    expect(masked.replaceAll(/[\n*]/g, "").length).toBeLessThan(5);
  });

  test("each line of a secret of several lines, with or without the blanks around it", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\r\n  hkiG9w0BAQEFAASC\n-----END KEY-----\n";
    const mask = maskFor(key);
    expect(mask.text(`x ${key.trim()} y`)).toBe("x *** y");
    expect(mask.text(JSON.stringify({ key }))).toBe('{"key":"***\\n"}');
    expect(mask.text(`x ${key.trim().replaceAll(/\s+/g, " ")} y`)).toBe("x *** y");
    expect(mask.text("MIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC")).toBe("***\n***");
  });

  test("law: any secret in any text", () => {
    fc.assert(
      fc.property(
        secrets,
        around,
        around,
        fc.constantFrom(...Object.values(spellings)),
        (secret, before, after, spell) => {
          const masked = maskFor(secret).text(before + spell(secret) + after);
          expect(masked).toContain("***");
          expect(masked).not.toContain(spell(secret));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("law: in base64 only the bytes around it remain", () => {
    fc.assert(
      fc.property(
        secrets,
        around,
        around,
        fc.constantFrom(...encodings),
        (secret, before, after, encoding) => {
          const encoded = Buffer.from(before + secret + after).toString(encoding);
          const others = Buffer.from(before + after).length;
          const left = maskFor(secret).text(encoded).replaceAll(/[*=]/g, "");
          expect(left.length).toBeLessThanOrEqual(Math.ceil((others * 4) / 3) + 2);
        },
      ),
    );
  });
});

describe("several secrets", () => {
  test("of secrets that overlap at an end, no part remains", () => {
    const mask = maskFor("token-12345", "token-12345-longer", "longer-than-that");
    expect(mask.text("x token-12345-longer y")).toBe("x *** y");
    expect(mask.text("x token-12345-longer-than-that y")).toBe("x *** y");
  });

  test("law: none of them remains, however they overlap", () => {
    fc.assert(
      fc.property(fc.array(secrets, { minLength: 1, maxLength: 6 }), around, (texts, before) => {
        const masked = maskFor(...texts).text(`${before}${texts.join("")}`);
        for (const text of texts) expect(masked).not.toContain(text);
      }),
    );
  });
});

describe("a secret that is short, or a known word, is masked only as a whole word", () => {
  test.each([
    [
      "k1",
      "key k1, k12, ak1, mistral-k1-latest and k1",
      "key ***, k12, ak1, mistral-k1-latest and ***",
    ],
    ["true", 'isTrue true "true": true_ true', 'isTrue *** "***": true_ ***'],
    ["triage", "triage, triages and re-triage", "***, triages and re-triage"],
    ["ab$", "xab$y ab$", "xab$y ***$".replace("***$", "***y").replace("***y", "***")],
    ["été", "été étés l'été", "*** étés l'***"],
  ])("%s", (secret, text, expected) => {
    expect(maskFor(secret).text(text)).toBe(expected);
  });

  test("in agentvane's own texts known words stay, short secrets are masked", () => {
    const mask = maskFor("true", "instructions", "k1", "a-long-secret");
    const text = "true instructions k1 a-long-secret";
    expect(mask.own(text)).toBe("true instructions *** ***");
    expect(mask.text(text)).toBe("*** *** *** ***");
  });

  test("an empty secret masks nothing", () => {
    expect(maskFor("", "  ", "\n").text("a  b \n")).toBe("a  b \n");
    expect(maskFor().text("a b")).toBe("a b");
  });

  test("lines of one letter, or without letters, are not masked by themselves", () => {
    expect(maskFor('{\n"type": "service_account",\na\n}').text("a { b }")).toBe("a { b }");
  });
});

test("masks a hostile secret or text as fast as others", () => {
  const secret = `${"\\".repeat(60)}"${"\\".repeat(60)}x${" ".repeat(200)}y`;
  const text = "\\".repeat(20_000) + " ".repeat(20_000) + '\\"'.repeat(20_000);
  expect(maskFor(secret).text(text)).toBe(text);
});
