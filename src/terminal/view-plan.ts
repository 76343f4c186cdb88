import type { PlanOutline } from "../report/text/plan-outline.ts";
import type { Question } from "../report/text/question.ts";
import { runDialog } from "./dialog.ts";
import {
  type Book,
  openViewer,
  shown,
  type ViewerEnd,
  type ViewerState,
  viewerAfter,
} from "./plan-viewer.ts";
import { planViewerScreen, type Setting, settingFor } from "./plan-viewer-screen.ts";
import type { Terminal } from "./terminal.ts";
import { paintedRows } from "./typeset.ts";

/**
 * Lets a user browse a plan and answer the question below it. With `isOpen` the list is open from the start; else a key
 * opens it. Only the typed answer counts as yes; the end of input or of the run, and Escape, count as no.
 */
export async function viewPlan(
  terminal: Terminal,
  outline: PlanOutline,
  { question, isOpen }: { readonly question: Question | undefined; readonly isOpen: boolean },
): Promise<ViewerEnd> {
  const book: Book = { outline, question };
  const { paint } = terminal;
  type State = { readonly viewer: ViewerState; readonly setting: Setting };
  const { end } = await runDialog<State, ViewerEnd>(terminal, {
    start: (size) => ({
      viewer: openViewer(isOpen),
      setting: settingFor(book, size, paint),
    }),
    resized: ({ viewer }, size) => {
      const setting = settingFor(book, size, paint);
      return { setting, viewer: shown(book, viewer, setting.sheet) };
    },
    take: ({ viewer, setting }, key) => {
      const next = viewerAfter(book, viewer, key, setting.sheet);
      return typeof next === "string" ? next : { setting, viewer: next };
    },
    rows: ({ viewer, setting }) => planViewerScreen(book, viewer, setting),
    left: ({ viewer }) =>
      question === undefined ? [] : paintedRows(paint, [[], [question.text, viewer.answer]]),
    ended: question === undefined ? "left" : "no",
  });
  return end;
}
