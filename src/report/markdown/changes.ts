import type { Change } from "../../plan/agent-plan.ts";
import { counted } from "../safe/truncate.ts";
import { isLong, type MarkdownChange, shortPath } from "./change.ts";
import type { Piece } from "./fit.ts";
import { inlineCode } from "./inline.ts";

/** Most properties that a line names, and most that are listed one by one. */
const mostNamed = 8;
const mostTold = 30;

/** What to show under a heading, and how. */
export type ChangeOptions = {
  readonly changes: readonly Change[];
  readonly render: (change: Change) => MarkdownChange;
  readonly remarks: readonly string[];
};

/** Changes and remarks under a heading: only named, in a line each, or with long ones to unfold. */
export function changesPiece(
  danger: number,
  head: string,
  { changes, render, remarks }: ChangeOptions,
): Piece {
  const told = changes.slice(0, mostTold);
  const more = changes.length - told.length;
  let made: readonly MarkdownChange[] | undefined;
  const make = () => {
    made ??= told.map(render);
    return made;
  };
  const rest = [
    ...(more > 0 ? [counted(more, "more property", "more properties")] : []),
    ...remarks.slice(0, mostTold),
  ].map((each) => `- ${each}`);
  const inLines = () => listUnder(head, [...make().map(({ item }) => item), ...rest]);
  const unfolding = () => {
    const short = make().flatMap(({ item, block }) => (block === undefined ? [item] : []));
    const blocks = make().flatMap(({ block }) => block ?? []);
    return [listUnder(head, [...short, ...rest]), ...blocks].join("\n\n");
  };
  const named = () => head + namesText(changes);
  return { danger, forms: told.some(isLong) ? [named, inLines, unfolding] : [named, inLines] };
}

function listUnder(head: string, items: readonly string[]): string {
  return items.length === 0 ? head : `${head}\n\n${items.join("\n")}`;
}

function namesText(changes: readonly Change[]): string {
  if (changes.length === 0) return "";
  const names = changes.slice(0, mostNamed).map(({ path }) => inlineCode(shortPath(path)));
  const more = changes.length - names.length;
  return `, ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
