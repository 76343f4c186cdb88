import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paint } from "../../src/report/words/line.ts";
import {
  type Picking,
  type PickOutcome,
  pickOn,
  startPicking,
} from "../../src/terminal/picking.ts";
import { pickHeight, pickingScreen } from "../../src/terminal/picking-screen.ts";
import { keysIn, type Press } from "./reader.ts";

const names = ["Billing", "Refunds", "Summary", "Technical", "Triage"];
const candidates = names.map((name) => ({ label: [name], searched: name.toLowerCase() }));

/** What is on the screen after these keys, or how it ended, and who is chosen. */
function pressed(presses: readonly Press[], rows = 24) {
  const height = pickHeight(rows);
  let picking: Picking = startPicking;
  let outcome: PickOutcome | undefined;
  for (const key of keysIn(presses)) {
    if (outcome !== undefined) break;
    const next = pickOn(candidates, picking, key, height);
    if (typeof next === "string") outcome = next;
    else picking = next;
  }
  const screen = paint(pickingScreen("Which ones?", candidates, picking, height), false);
  const chosen = names.filter((_name, at) => {
    const candidate = candidates[at];
    return candidate !== undefined && picking.chosen.has(candidate);
  });
  return { screen, outcome, chosen };
}

describe("choosing", () => {
  test("shows the selected agents and the cursor", () => {
    expect(pressed(["down", { type: " " }, "down"]).screen).toMatchInlineSnapshot(`
      "
      Which ones?  1 of 5 agents selected
        [ ] Billing
        [x] Refunds
      ❯ [ ] Summary
        [ ] Technical
        [ ] Triage
      ↑↓ move  space select  enter done  esc cancel  a select all  / search
      "
    `);
  });

  test.each<[string, readonly Press[], readonly string[]]>([
    ["space chooses", [{ type: " " }], ["Billing"]],
    ["and takes it back", [{ type: "  " }], []],
    ["several", [{ type: " " }, "down", "down", { type: " " }], ["Billing", "Summary"]],
    ["a: all", [{ type: "a" }], names],
    ["a again: none", [{ type: "aa" }], []],
    ["a, with one chosen: all", [{ type: " a" }], names],
    [
      "what a search leaves, all of it",
      [{ type: "/T" }, "enter", { type: "a" }],
      ["Technical", "Triage"],
    ],
    [
      "beyond a search",
      [{ type: " " }, { type: "/ref" }, "enter", { type: " " }, "escape"],
      ["Billing", "Refunds"],
    ],
    ["space within a search is part of it", [{ type: "/ " }], []],
  ])("%s", (_name, keys, chosen) => {
    expect(pressed(keys).chosen).toEqual(chosen.toSorted());
  });

  test.each<[string, readonly Press[], PickOutcome | undefined]>([
    ["enter", [{ type: " " }, "enter"], "done"],
    ["enter in a search, which only keeps it", [{ type: "/x" }, "enter"], undefined],
    ["escape in a search, which only ends it", [{ type: "/x" }, "escape"], undefined],
    ["escape", [{ type: " " }, "escape"], "given_up"],
    ["the end of input", ["end_of_input"], "given_up"],
    ["Ctrl-C", ["interrupt"], "interrupted"],
  ])("ends: %s", (_name, keys, outcome) => {
    expect(pressed(keys).outcome).toBe(outcome);
  });
});

test("law: after any keys, the screen fits and the cursor is on a listed row", () => {
  const press: fc.Arbitrary<Press> = fc.oneof(
    fc.constantFrom<Press>("up", "down", "page_up", "page_down", "home", "end", "erase", "enter"),
    fc.constantFrom("/", " ", "a", "t", "r").map((type) => ({ type })),
  );
  fc.assert(
    fc.property(
      fc.array(press, { maxLength: 30 }),
      fc.integer({ min: 6, max: 30 }),
      (keys, rows) => {
        const { screen } = pressed(keys, rows);
        expect(screen.trimEnd().split("\n").length).toBeLessThan(rows);
        expect((screen.match(/^❯ \[/gm) ?? []).length).toBe(/^. \[[ x]\]/m.test(screen) ? 1 : 0);
      },
    ),
  );
});
