import type { TokenUsage } from "../../agent/conversation.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { FoundBy } from "../../commands/talk-target.ts";
import { counted, listed } from "../safe/truncate.ts";
import { secondsText, tokensText } from "../words/check.ts";
import { type Line, styled } from "../words/line.ts";
import { transcriptText } from "../words/transcript.ts";

type Event<Kind extends RunEvent["kind"]> = Extract<RunEvent, { kind: Kind }>;

/** The agent of a conversation that starts. */
export function partnerText({ key, name, version, by }: Event<"conversation_started">): Line {
  const named = name === key ? "" : ` (${name})`;
  return [styled("strong", key), `${named} version ${version}, ${foundByText(by)}`];
}

function foundByText(by: FoundBy): string {
  switch (by.kind) {
    case "alias":
      return `which ${by.alias} runs`;
    case "default":
      return "its default";
    case "version":
      return "as requested";
  }
}

/** The agent's messages, which are the result of `ask`. Other entries are progress. */
export function answerLines({ lines }: Event<"conversation_heard">): readonly Line[] {
  return lines.flatMap((line) =>
    line.kind === "message" ? line.text.split("\n").map((text): Line => [text]) : [],
  );
}

/** Calls, results and handoffs; the user's messages are already on the screen. */
export function betweenLines({ lines }: Event<"conversation_heard">): readonly Line[] {
  const between = lines.filter(({ kind }) => kind !== "message" && kind !== "user");
  return transcriptText(between).map((line) => [styled("faint", "  "), ...line]);
}

/** The conversation starts over. */
export const startedOverText: readonly Line[] = [
  [
    styled(
      "faint",
      "the server refuses entries that it sent: starting over with a stored conversation, which is deleted at the end",
    ),
  ],
];

/** The cost of a conversation. */
export function talkCost({ requests, usage, ms }: Event<"conversation_finished">): Line {
  return [styled("faint", costText(requests, usage, ms))];
}

function costText(requests: number, usage: TokenUsage, ms: number): string {
  return `${counted(requests, "request")}, ${tokensText(usage)}, ${secondsText(ms)}; the server keeps nothing`;
}

/** The result of checks. */
export function checksResult({
  checks,
  failed,
  skipped,
  ms,
}: Event<"checks_finished">): readonly Line[] {
  const left: Line[] =
    skipped.length === 0
      ? []
      : [[styled("warning", "!"), ` not on the server, or without the alias: ${listed(skipped)}`]];
  if (checks === 0)
    return [["No check was run. Checks are defined under `checks` in agents.yaml."], ...left];
  const sum =
    failed === 0
      ? [styled("success", `${counted(checks, "check")} passed`)]
      : [styled("error", `${failed} of ${counted(checks, "check")} failed`)];
  return [[...sum, ` in ${secondsText(ms)}.`], ...left];
}
