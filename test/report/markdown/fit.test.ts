import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitDocument, type Piece, type Section } from "../../../src/report/markdown/fit.ts";

const frame = { above: ["top"], below: ["bottom"] };
const piece = (danger: number, ...lengths: readonly [number, ...number[]]): Piece => {
  const [first, ...more] = lengths.map((length) => () => String(danger).padEnd(length, "."));
  return { danger, forms: [first as () => string, ...more] };
};
const section = (...pieces: readonly Piece[]): Section => ({
  title: "#### Things",
  layout: "list",
  pieces,
  rest: (dropped, cut) => `${dropped} left out, ${cut} cut`,
});
/** Room for so many characters of pieces, each with the gap behind it. */
const room = (characters: number) => 374 + characters;

describe("what does not fit", () => {
  test("is nothing when all does", () => {
    expect(fitDocument(frame, [section(piece(1, 3), piece(2, 4))], 10_000)).toBe(
      "top\n\n#### Things\n\n1..\n2...\n\nbottom\n",
    );
  });

  test("is what is said of a section without pieces", () => {
    expect(fitDocument(frame, [section()], 10_000)).toBe("top\n\nbottom\n");
  });

  test("are fuller forms before pieces, and the least dangerous before others", () => {
    const pieces = [piece(1, 10, 400), piece(3, 10, 400), piece(2, 10, 400)];
    const shown = (characters: number) =>
      fitDocument(frame, [section(...pieces)], room(characters))
        .split("\n")
        .flatMap((line) => (/^\d\.+$/.test(line) ? [`${line[0]}:${line.length}`] : []));
    expect(shown(2_000)).toEqual(["1:400", "3:400", "2:400"]);
    expect(shown(900)).toEqual(["1:10", "3:400", "2:400"]);
    expect(shown(500)).toEqual(["1:10", "3:400", "2:10"]);
    expect(shown(60)).toEqual(["1:10", "3:10", "2:10"]);
    expect(shown(30)).toEqual(["3:10", "2:10"]);
    expect(shown(20)).toEqual(["3:10"]);
    expect(shown(0)).toEqual([]);
  });

  test("is counted", () => {
    const pieces = [piece(1, 10, 400), piece(3, 10, 400), piece(2, 10, 400)];
    expect(fitDocument(frame, [section(...pieces)], room(30))).toContain("\n1 left out, 2 cut\n");
  });

  test("is not even made", () => {
    const unused: Piece = {
      danger: 1,
      forms: [
        () => "short",
        () => {
          throw new Error("there is no room for this");
        },
      ],
    };
    expect(fitDocument(frame, [section(piece(2, 200), unused)], room(280))).toContain("short");
  });
});

test("law: no document is too long, and no piece gives way to a less dangerous one of its size", () => {
  const pieces = fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 90 }), fc.nat({ max: 900 }))
      .map(([danger, short, more]) => piece(danger, short, short + more)),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 3 }),
      fc.nat({ max: 3_000 }),
      (groups, characters) => {
        const limit = characters + groups.length * 370 + 20;
        const document = fitDocument(
          frame,
          groups.map((group) => section(...group)),
          limit,
        );
        expect(document.length).toBeLessThanOrEqual(limit);
        const all = groups.flat();
        const lines = document.split("\n").filter((line) => /^\d\.+$/.test(line));
        const isShown = (each: Piece) =>
          lines.some((line) => each.forms.some((form) => form() === line));
        const dropped = all.filter((each) => !isShown(each));
        for (const lost of dropped) {
          const rivals = all.filter((each) => isShown(each) && each.danger < lost.danger);
          for (const rival of rivals) {
            expect(rival.forms[0]().length).toBeLessThan(lost.forms[0]().length);
          }
        }
      },
    ),
  );
});
