import type { Phase } from "../apply/event.ts";
import { counted, truncated } from "../report/safe/truncate.ts";
import { spinnerAt } from "../report/text/spinner.ts";
import { type Line, type Span, styled } from "../report/words/line.ts";
import { pointerText, versionText } from "../report/words/pointer-move.ts";
import type { Deed, Progress } from "./progress.ts";
import type { Size } from "./terminal.ts";

/** Rows for work in flight, however many requests may run at once. */
const mostDeeds = 8;
/** The age of a deed is shown from here on, in milliseconds. */
const longDeedMs = 2_000;

const phases: { readonly [Name in Phase]: string } = {
  build: "Building",
  await_listing: "Waiting until new agents are listed",
  verify: "Verifying reused versions",
  gate: "Running gates and checks",
  release: "Releasing",
  confirm: "Checking the default versions",
  prune: "Deleting",
  revert: "Reverting",
};

const steps: { readonly [Name in Extract<Deed, { kind: "step" }>["step"]]: string } = {
  create: "creating",
  update: "updating",
  complete: "completing",
  forget: "forgetting",
  verify: "verifying",
  delete: "deleting",
};

/** The progress of an apply, in a few lines that are redrawn. */
export function progressScreen(
  progress: Progress,
  now: number,
  { size, isStopping }: { readonly size: Size; readonly isStopping: boolean },
): readonly Line[] {
  const { underWay } = progress;
  const room = Math.max(1, Math.min(mostDeeds, size.rows - 4));
  const shown = [...underWay.values()].slice(0, room);
  const more = underWay.size - shown.length;
  return [
    stateLine(progress, now, isStopping),
    ...shown.map((deed) => deedLine(deed, now)),
    ...(more > 0 ? [[styled("faint", `    and ${more} more`)]] : []),
  ];
}

function stateLine(progress: Progress, now: number, isStopping: boolean): Line {
  const { phase, done, total, startedAt } = progress;
  const elapsed = now - startedAt;
  const isStopped = isStopping && phase !== "revert";
  const what = isStopped ? "Stopping: finishing work in flight" : phase && phases[phase];
  return [
    styled("strong", `${spinnerAt(elapsed)} ${what ?? "Starting"}`),
    `  ${done}/${total}`,
    styled("faint", `  ${(elapsed / 1000).toFixed(0)} s`),
    ...holdUpSpans(progress, now),
  ];
}

function holdUpSpans({ holdUps, waiting }: Progress, now: number): readonly Span[] {
  const counts = [
    ...(holdUps.retry > 0 ? [counted(holdUps.retry, "retry", "retries")] : []),
    ...(holdUps.rate_limit > 0 ? [counted(holdUps.rate_limit, "rate limit")] : []),
  ];
  const told = counts.length > 0 ? [styled("faint", `  ${counts.join(", ")}`)] : [];
  if (waiting === undefined || waiting.until <= now) return told;
  const seconds = (Math.ceil((waiting.until - now) / 100) / 10).toFixed(1);
  const reason = waiting.reason === "retry" ? "before the next attempt" : "for the rate limit";
  return [...told, styled("warning", `  waiting ${seconds} s ${reason}`)];
}

function deedLine(deed: Deed, now: number): Line {
  const age = now - deed.startedAt;
  const told = age >= longDeedMs ? styled("faint", `  ${(age / 1000).toFixed(0)} s`) : "";
  switch (deed.kind) {
    case "step":
      return [`    ${steps[deed.step]} `, styled("strong", deed.key), told];
    case "move":
      return [
        "    moving ",
        styled("strong", `${deed.key} ${pointerText(deed.pointer)}`),
        `  ${versionText(deed.from)} → ${versionText(deed.to)}`,
        told,
      ];
    case "check":
      return [
        "    check ",
        styled("strong", deed.key),
        `  ${truncated(deed.check, 80)}`,
        ...(deed.tries === "" ? [] : [styled("faint", `  ${deed.tries}`)]),
        told,
      ];
    case "gate":
      return ["    gate ", styled("strong", deed.key), `  ${truncated(deed.command, 80)}`, told];
  }
}
