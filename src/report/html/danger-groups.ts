import { groupBy } from "../../plan/group-by.ts";
import { counted } from "../safe/truncate.ts";
import { type Line, lineWords } from "../words/line.ts";
import type { PageDanger, Tone } from "./data.ts";

/** A danger without the list positions of its agents. */
export type Danger = Omit<PageDanger, "agents"> & {
  /** Dangers of one kind may be grouped. */
  readonly kind: string;
  readonly keys: readonly string[];
  /** Somebody has to repair it by hand, which cannot wait. */
  readonly isRepair?: boolean;
};

/** Most dangers of one kind that are shown in full; the others are folded away below them. */
const mostInSight = 3;

/** The dangers, the worst first, with those of several agents grouped. */
export function gathered(dangers: readonly Danger[]): readonly Danger[] {
  const groups = [...groupBy(dangers, groupOf).values()].flatMap(together);
  return groups.toSorted((left, right) => rankOf(left) - rankOf(right));
}

/** Only dangers about agents are grouped: each problem of a file is fixed separately. */
function groupOf(danger: Danger): string {
  const { kind, title, keys } = danger;
  return keys.length === 0 ? `${kind} ${title} ${linesKey(danger)}` : `${kind} ${title}`;
}

function linesKey({ lines }: Danger): string {
  return lines.map(lineWords).join("\n");
}

function together(group: readonly Danger[]): readonly Danger[] {
  const [first] = group;
  if (first === undefined || group.length === 1) return group;
  const keys = [...new Set(group.flatMap((danger) => danger.keys))];
  const shared = sharedLine(group);
  const told = group.map(({ lines }) => (shared === undefined ? lines : lines.slice(0, -1)));
  const whole: Danger = {
    ...first,
    title: keys.length === 0 ? first.title : `${first.title}: ${counted(keys.length, "agent")}`,
    lines: [...told.slice(0, mostInSight).flat(), ...(shared === undefined ? [] : [shared])],
    more: told.slice(mostInSight),
    keys,
  };
  return [whole];
}

/** The last line, which is the advice, if it is the same for all. */
function sharedLine(group: readonly Danger[]): Line | undefined {
  const last = group.map(({ lines }) => lines.at(-1));
  const [first] = last;
  const isShared =
    first !== undefined &&
    group.every(({ lines }) => lines.length > 1) &&
    new Set(last.map((line) => lineWords(line ?? []))).size === 1;
  return isShared ? first : undefined;
}

const toneRanks: { readonly [Each in Tone]: number } = { error: 1, warning: 2, plain: 3, good: 4 };

function rankOf({ isRepair, tone }: Danger): number {
  return isRepair === true ? 0 : toneRanks[tone];
}
