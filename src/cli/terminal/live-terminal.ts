import type { RemoteAgent } from "../../agent/remote-agent.ts";
import { maskJson } from "../../mask/mask-json.ts";
import { maskPlan } from "../../mask/mask-plan.ts";
import type { Plan } from "../../plan/plan.ts";
import { leastRows, planOutline } from "../../report/text/plan-outline.ts";
import type { Question } from "../../report/text/question.ts";
import { type Line, paint, styled } from "../../report/words/line.ts";
import { pick } from "../../terminal/pick.ts";
import type { ViewerEnd } from "../../terminal/plan-viewer.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { viewPlan } from "../../terminal/view-plan.ts";
import { type ApplyDisplay, watchApply } from "../../terminal/watch-apply.ts";
import type { Viewing } from "../viewing.ts";
import { terminalInput } from "./terminal-input.ts";

/** Lets the user browse a plan in the terminal, and answer the question, if any. */
export function viewPlanInTerminal(
  viewing: Viewing,
  plan: Plan,
  question: Question | undefined,
): Promise<ViewerEnd> {
  const outline = planOutline(maskPlan(plan, viewing.mask()));
  const isOpen = question === undefined || leastRows(plan) > process.stderr.rows;
  return viewPlan(terminalOf(viewing), outline, { question, isOpen });
}

/** Lets the user choose agents from a list in the terminal. */
export async function pickAgents(
  viewing: Viewing,
  agents: readonly RemoteAgent[],
): Promise<readonly RemoteAgent[]> {
  const mask = viewing.mask();
  const offers = agents.map((agent) => {
    const { name, id, description } = maskJson(agent, mask);
    return {
      agent,
      label: [styled("strong", name), "  ", styled("faint", id)],
      searched: `${name} ${id} ${description ?? ""}`.toLowerCase(),
    };
  });
  const chosen = await pick(terminalOf(viewing), "Which agents do you want to import?", offers);
  return offers.flatMap((offer) => (chosen.has(offer) ? [offer.agent] : []));
}

/** Shows the progress of an apply in the terminal. */
export function openApplyDisplay(viewing: Viewing): ApplyDisplay {
  return watchApply(terminalOf(viewing));
}

function terminalOf({ colour, ended }: Viewing): Terminal {
  return {
    input: terminalInput(),
    output: process.stderr,
    paint: (lines: readonly Line[]) => paint(lines, colour),
    interrupt: () => process.emit("SIGINT"),
    ended,
    now: () => Date.now(),
    every: (ms, act) => {
      const timer = setInterval(act, ms);
      return () => clearInterval(timer);
    },
  };
}
