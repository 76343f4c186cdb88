import type { Plan } from "../../src/plan/plan.ts";
import { planOutline } from "../../src/report/text/plan-outline.ts";
import type { Question } from "../../src/report/text/question.ts";
import { paint } from "../../src/report/words/line.ts";
import type { Key } from "../../src/terminal/key.ts";
import { openViewer, type ViewerEnd, viewerAfter } from "../../src/terminal/plan-viewer.ts";
import { planViewerScreen, settingFor } from "../../src/terminal/plan-viewer-screen.ts";
import type { Size } from "../../src/terminal/terminal.ts";

/** A key by its name, or a text that is typed. */
export type Press = Exclude<Key["kind"], "character"> | { readonly type: string };

/** Presses as keys, one by one. */
export function keysIn(presses: readonly Press[]): readonly Key[] {
  return presses.flatMap((press): readonly Key[] =>
    typeof press === "string"
      ? [{ kind: press }]
      : [...press.type].map((character) => ({ kind: "character", character })),
  );
}

/** Somebody at a terminal with a plan on it. */
export type Reader = {
  /** Presses keys, by name, or types a text. Gives what is on the screen then, without colours. */
  readonly press: (...keys: readonly Press[]) => string;
  readonly rows: () => readonly string[];
  readonly outcome: () => ViewerEnd | undefined;
};

/** Opens a plan in a terminal of this size. */
export function openReader(
  plan: Plan,
  options: { question?: Question; size?: Size; isOpen?: boolean } = {},
): Reader {
  const { question, size = { columns: 80, rows: 24 }, isOpen = true } = options;
  const book = { outline: planOutline(plan), question };
  const setting = settingFor(book, size, (lines) => paint(lines, false));
  let viewer = openViewer(isOpen);
  let outcome: ViewerEnd | undefined;
  const rows = () => planViewerScreen(book, viewer, setting);
  const take = (key: Key) => {
    if (outcome !== undefined) return;
    const next = viewerAfter(book, viewer, key, setting.sheet);
    if (typeof next === "string") outcome = next;
    else viewer = next;
  };
  return {
    press: (...presses) => {
      for (const key of keysIn(presses)) take(key);
      return rows().join("\n");
    },
    rows,
    outcome: () => outcome,
  };
}
