import { groupBy } from "../../plan/group-by.ts";
import type { MoveTarget, PointerMove } from "../../plan/pointer-move.ts";
import { lineWords } from "../words/line.ts";
import {
  isForRollback,
  pointersCounted,
  pointerText,
  targetSpan,
  versionText,
} from "../words/pointer-move.ts";
import { keyCode } from "./agent.ts";
import { tableHead, tableRow } from "./block.ts";
import type { Section } from "./fit.ts";
import { dangers, restOf } from "./section.ts";

/** More pointers than this are counted, and listed in a folded block. */
const mostInSight = 12;

const title = "#### Pointers to move once every version is built and verified";
const moveHead = tableHead(["agent", "pointer", "from", "to"]);
const countHead = tableHead(["pointer", "moves to", "agents:"]);

/** The pointers that a release moves: one by one, or counted if there are many. */
export function pointerSections(moves: readonly PointerMove[]): readonly Section[] {
  const all: Section = {
    title,
    layout: "table",
    head: moveHead,
    pieces: moves.map((move) => ({ danger: dangers.pointer, forms: [() => moveRow(move)] })),
    rest: restOf("pointer"),
  };
  if (moves.length <= mostInSight) return [all];
  const counts: Section = {
    title,
    layout: "table",
    head: countHead,
    pieces: [...groupBy(moves, kindText).values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const cells = [nameText(first), targetText(first), String(group.length)];
      return [{ danger: dangers.model, forms: [() => tableRow(cells)] }];
    }),
    rest: restOf("kind of pointers", "kinds of pointers"),
  };
  return [counts, { ...all, title: "", foldedUnder: `${pointersCounted(moves)}, one by one` }];
}

function moveRow(move: PointerMove): string {
  const { key, from, to } = move;
  const target = `${lineWords([targetSpan(to)])}${whyText(move)}`;
  return tableRow([keyCode(key), nameText(move), versionText(from), target]);
}

function kindText(move: PointerMove): string {
  return `${move.pointer} ${targetText(move)}`;
}

function nameText({ pointer }: PointerMove): string {
  return pointer === "@default" ? pointerText(pointer) : keyCode(pointer);
}

function targetText(move: PointerMove): string {
  return `${targetNames[move.to.kind]}${whyText(move)}`;
}

const targetNames: { readonly [Kind in MoveTarget["kind"]]: string } = {
  built: "new version",
  existing: "existing version",
  removed: "removed",
};

function whyText(move: PointerMove): string {
  return isForRollback(move) ? ", for rollback" : "";
}
