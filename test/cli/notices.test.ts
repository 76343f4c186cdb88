import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.join(import.meta.dirname, "..", "..");

test("every package in the bundles comes along with its licence and whose it is", () => {
  const text = readFileSync(path.join(root, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8");
  const [, ...notices] = text.split(/^={80}\n/m);
  for (const name of ["yaml", "undici", "diff", "ink", "react", "hono"]) {
    expect(notices.filter((notice) => notice.startsWith(`${name} `))).toHaveLength(1);
  }
  for (const notice of notices) {
    expect(notice, notice).toMatch(/^\S+ \d+\.\d+\.\d+ \((MIT|ISC|BSD-3-Clause)\)\n/);
    expect(notice, notice).toMatch(/copyright|ISC,|MIT,/i);
  }
});
