import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellCommand } from "../../../src/report/safe/shell-command.ts";

test("plain words stay as they are", () => {
  expect(shellCommand(["agentvane", "apply", "p.json", "--var", "tone=terse"])).toBe(
    "agentvane apply p.json --var tone=terse",
  );
});

test("law: a shell reads the words that were given", () => {
  const word = fc.string({ unit: "binary", minLength: 1 }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const texts = words.map((each) => each.toWellFormed());
      const out = execFileSync("sh", ["-c", shellCommand(["printf", "%s\\0", ...texts])]);
      expect(out.toString("utf8")).toBe(texts.map((each) => `${each}\0`).join(""));
    }),
    { numRuns: 30 },
  );
});
