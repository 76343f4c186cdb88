import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applied, plan, project, tags } from "../plan/world.ts";
import { openReader, type Press } from "./reader.ts";

const question = { text: "Apply this plan? Type yes to go on: ", yes: "yes" };
const prompt = (middle: string) => `Be kind.\nAsk at most ${middle} question.\nEnd.\n`;
const mixed = plan(
  project(
    { key: "billing", instructions: prompt("two"), aliases: { prod: "latest" } },
    { key: "fresh", description: "new here" },
    { key: "kept" },
    { key: "triage", description: "mine" },
  ),
  [
    applied({ key: "billing", instructions: prompt("one") }),
    applied({ key: "kept" }),
    applied(
      { key: "triage", description: "old" },
      { version: 1, versions: [0, 1], description: "theirs", metadata: tags("triage") },
    ),
    applied({ key: "gone" }),
  ],
);
const crowd = plan(
  project(...Array.from({ length: 200 }, (_, at) => ({ key: `k${String(at).padStart(3, "0")}` }))),
  [],
);

describe("the screen", () => {
  test("lists the planned actions, closed, with the question below", () => {
    expect(openReader(mixed, { question }).press()).toMatchInlineSnapshot(`
      "
      [all 5]  update 2  create 1  orphan 1  outside 1  pointers 1
      ❯ ▸ ~ update billing  version 0 → 1 (new)
        ▸ + create fresh
          ? orphan gone  ag_gone, no longer in the file; --prune deletes it
        ▸ ~ update triage  version 1 → 2 (new)  ! changed outside
        ▸ Pointers to move once every version is built and verified:
      ! 1 agent changed outside: triage.
        Applying overwrites that. To keep it, write it into agents.yaml first.
      Plan: 1 to create, 2 to update, 0 to delete; 1 alias to move; 3 new versions.
      Apply this plan? Type yes to go on: _
      ↑↓ move  → open  ← close  esc no  tab kind  / search  > open all  < close all"
    `);
  });

  test("opens the item at the cursor, and shows the changed words", () => {
    expect(openReader(mixed, { question }).press("right")).toMatchInlineSnapshot(`
      "
      [all 5]  update 2  create 1  orphan 1  outside 1  pointers 1
      ❯ ▾ ~ update billing  version 0 → 1 (new)
            ~ instructions:
                @@ line 1
                  Be kind.
                - Ask at most one question.
                + Ask at most two question.
                  End.
            moves:
              billing  prod  none → 1 (new)
        ▸ + create fresh
          ? orphan gone  ag_gone, no longer in the file; --prune deletes it
        ▸ ~ update triage  version 1 → 2 (new)  ! changed outside
        ▸ Pointers to move once every version is built and verified:
      ! 1 agent changed outside: triage.
        Applying overwrites that. To keep it, write it into agents.yaml first.
      Plan: 1 to create, 2 to update, 0 to delete; 1 alias to move; 3 new versions.
      Apply this plan? Type yes to go on: _
      ↑↓ move  → open  ← close  esc no  tab kind  / search  > open all  < close all"
    `);
  });

  test("shows only the question, until a key opens the list, if the plan fits above it", () => {
    const reader = openReader(mixed, { question, isOpen: false });
    expect(reader.press()).toMatchInlineSnapshot(`
      "
      Apply this plan? Type yes to go on: _
      ↓ browse the plan  esc no"
    `);
    expect(reader.press("down")).toContain("[all 5]");
  });
});

describe("moving the cursor", () => {
  test("goes through the rows of an open item, and closing goes back to its heading", () => {
    const reader = openReader(mixed, { question });
    reader.press("right", "down", "down");
    expect(reader.press("left")).toMatch(/❯ ▸ ~ update billing/);
    expect(reader.press("down")).toMatch(/❯ ▸ \+ create fresh/);
  });

  test("stops at both ends", () => {
    const reader = openReader(mixed, { question });
    expect(reader.press("up", "page_up")).toMatch(/❯ ▸ ~ update billing/);
    expect(reader.press("end", "down", "page_down")).toMatch(/❯ ▸ Pointers to move once/);
    expect(reader.press("home")).toMatch(/❯ ▸ ~ update billing/);
  });

  test("by pages, in a list longer than the screen, shows the position", () => {
    const reader = openReader(crowd);
    expect(reader.press("page_down")).toContain("19 of 200");
    expect(reader.press("end")).toContain("❯ ▸ + create k199");
    expect(reader.press("end")).toContain("200 of 200");
  });

  test("enter opens and closes while no answer is typed", () => {
    const reader = openReader(mixed, { question });
    expect(reader.press("enter")).toContain("▾ ~ update billing");
    expect(reader.press("enter")).toContain("▸ ~ update billing");
    expect(reader.outcome()).toBeUndefined();
  });

  test("> opens all listed items, < closes them", () => {
    const reader = openReader(mixed, { question });
    expect(reader.press({ type: ">" }).match(/▾/g)?.length).toBeGreaterThan(2);
    expect(reader.press({ type: "<" })).not.toContain("▾");
  });
});

describe("filtering", () => {
  test("by kind cycles through the kinds", () => {
    const reader = openReader(mixed);
    const creates = reader.press("next", "next");
    expect(creates).toContain("[create 1]");
    expect(creates).toContain("create fresh");
    expect(creates).not.toContain('billing "');
    expect(reader.press("previous", "previous")).toContain("[all 5]");
    expect(reader.press("previous")).toContain("[pointers 1]");
  });

  test("by a search, in keys and changes; escape clears it before it means no", () => {
    const reader = openReader(mixed, { question });
    const found = reader.press({ type: "/AT MOST TWO" });
    expect(found).toContain("/AT MOST TWO_  1 found");
    expect(found).toContain("update billing");
    expect(found).not.toContain("create fresh");
    expect(reader.press("enter")).toContain("/AT MOST TWO  1 found");
    expect(reader.press("escape")).toContain("[all 5]");
    expect(reader.outcome()).toBeUndefined();
    reader.press("escape");
    expect(reader.outcome()).toBe("no");
  });

  test("without a match says so", () => {
    expect(openReader(mixed).press({ type: "/zebra" })).toContain("nothing found");
  });
});

describe("the question", () => {
  const long = {
    text: `Type the project's name (${"p".repeat(40)}) to go on: `,
    yes: "p".repeat(40),
  };

  test("is complete in a narrow terminal, with the typed answer", () => {
    const reader = openReader(mixed, { question: long, size: { columns: 30, rows: 24 } });
    const screen = reader.press({ type: "pp" });
    expect(screen.replaceAll("\n", "")).toContain(`${long.text}pp_`);
  });

  test("shows the end of an answer that is too long", () => {
    const reader = openReader(mixed, { question: long, size: { columns: 30, rows: 24 } });
    const whole = reader.press({ type: long.yes }).split("\n").length;
    expect(reader.press({ type: `${"x".repeat(200)}end` })).toContain("end_");
    expect(reader.rows()).toHaveLength(whole);
  });
});

describe("the answer", () => {
  test.each<[string, readonly Press[], string | undefined]>([
    ["yes", [{ type: "yes" }, "enter"], "yes"],
    ["yes, after a slip", [{ type: "yed" }, "erase", { type: "s" }, "enter"], "yes"],
    ["y, which is not enough", [{ type: "y" }, "enter"], "no"],
    ["YES, which is something else", [{ type: "YES" }, "enter"], "no"],
    ["escape", ["escape"], "no"],
    ["escape, which takes back what was typed first", [{ type: "ye" }, "escape"], undefined],
    ["the end of input, whatever was typed", [{ type: "yes" }, "end_of_input"], "no"],
    ["Ctrl-C, whatever was typed", [{ type: "yes" }, "interrupt"], "interrupted"],
    ["yes, typed into a search", [{ type: "/yes" }, "enter", "enter"], undefined],
  ])("%s", (_name, keys, outcome) => {
    const reader = openReader(mixed, { question });
    reader.press(...keys);
    expect(reader.outcome()).toBe(outcome);
  });

  test("an empty answer is a no, if only the question is shown", () => {
    const reader = openReader(mixed, { question, isOpen: false });
    reader.press("enter");
    expect(reader.outcome()).toBe("no");
  });

  test("of a plan that is only read: q quits", () => {
    const reader = openReader(mixed);
    reader.press({ type: "q" });
    expect(reader.outcome()).toBe("left");
  });
});

const named: readonly Press[] = [
  "up",
  "down",
  "left",
  "right",
  "page_up",
  "page_down",
  "home",
  "end",
  "enter",
  "escape",
  "next",
  "previous",
  "erase",
];
const press: fc.Arbitrary<Press> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...named) },
  { weight: 1, arbitrary: fc.constantFrom("/", ">", "<", "k", "1", "é").map((type) => ({ type })) },
);

test("law: after any keys, the screen fits, one row has the cursor, and only yes is a yes", () => {
  const sizes = fc.record({
    columns: fc.integer({ min: 12, max: 200 }),
    rows: fc.integer({ min: 4, max: 60 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(mixed, crowd),
      sizes,
      fc.boolean(),
      fc.array(press, { maxLength: 40 }),
      (shown, size, isOpen, keys) => {
        const reader = openReader(shown, { question, size, isOpen });
        for (const key of keys) {
          reader.press(key);
          if (reader.outcome() !== undefined) break;
          expect(reader.rows().length).toBeLessThan(size.rows);
          const cursors = reader.rows().filter((row) => row.startsWith("❯")).length;
          const isListed = reader.rows().some((row) => /^[❯ ] [▸▾ ]/.test(row));
          expect(cursors).toBe(isListed ? 1 : 0);
        }
        expect(reader.outcome()).not.toBe("yes");
      },
    ),
  );
});

describe("a narrow terminal", () => {
  test("of 40 columns and 12 rows shows the summary, the list and the most important keys", () => {
    const size = { columns: 40, rows: 12 };
    expect(openReader(crowd, { question, size }).press()).toMatchInlineSnapshot(`
      "
      [all 200]  create 200  1 of 200
      ❯ ▸ + create k000
        ▸ + create k001
        ▸ + create k002
        ▸ + create k003
      Plan: 200 to create, 0 to update, 0 to 
      delete; 0 aliases to move; 200 new 
      versions.
      Apply this plan? Type yes to go on: _
      ↑↓ move  → open  ← close  esc no"
    `);
  });

  test("continues every row at the same indent, coloured or not", () => {
    const long = plan(project({ key: "a", description: "word ".repeat(40).trim() }), []);
    const rows = openReader(long, { size: { columns: 40, rows: 24 } })
      .press("right")
      .split("\n");
    const parts = rows.filter((row) => row.includes("word"));
    expect(parts.length).toBeGreaterThan(3);
    expect(new Set(parts.slice(1).map((row) => row.search(/\S/))).size).toBe(1);
  });
});

test("a search says how many matches a filter hides", () => {
  const reader = openReader(mixed);
  reader.press("next", "next");
  expect(reader.press({ type: "/triage" })).toContain("/triage_  0 found, 1 more outside [create]");
});
