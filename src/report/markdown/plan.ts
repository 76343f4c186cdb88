import { groupBy } from "../../plan/group-by.ts";
import { isNoOp } from "../../plan/has-changes.ts";
import type { Plan } from "../../plan/plan.ts";
import { counted, listed, truncated } from "../safe/truncate.ts";
import {
  checksByName,
  checksSum,
  manyRequestsText,
  takesManyRequests,
} from "../text/checks-plan.ts";
import { uncomparedSecretsText } from "../text/plan.ts";
import { releasedText } from "../words/released-version.ts";
import { agentPiece, type IsTold, isWorthTelling } from "./agent.ts";
import { dangerSections, isDeleted, refusalSection } from "./dangers.ts";
import type { Section } from "./fit.ts";
import { graphChange } from "./graph.ts";
import { inlineCode } from "./inline.ts";
import { pointerSections } from "./pointers.ts";
import { dangers, itemPiece, restOf } from "./section.ts";
import { sentence } from "./sentence.ts";
import { isShared, sharedSection } from "./shared.ts";

/** Longest command of a gate. */
const longestCommand = 200;

/** A whole plan: refusals, dangers, handoffs, then agent by agent. */
export function planSections(plan: Plan): readonly Section[] {
  return [
    refusalSection(plan.refusals),
    ...dangerSections(plan),
    sharedSection(plan),
    ...pointerSections(plan.releaseWaves.flat()),
    gateSection(plan),
    checkSection(plan),
    graphSection(plan),
    agentSection(plan, "#### Agents", isShared(plan)),
    secretSection(plan),
  ];
}

/** The actions for agents; unchanged agents only if they have a remark. */
export function agentSection(
  plan: Plan,
  title: string,
  isToldAbove: IsTold = () => false,
): Section {
  const agents = plan.agents.filter(
    (agent) => !isDeleted(agent) && isWorthTelling(agent, isToldAbove),
  );
  return {
    title,
    layout: "blocks",
    pieces: agents.map((agent) =>
      agentPiece(agent, isNoOp(agent) ? dangers.remark : dangers.deed, isToldAbove),
    ),
    rest: restOf("agent"),
  };
}

/** Agents whose secrets are not compared, in one line for all of them. */
function secretSection(plan: Plan): Section {
  const text = uncomparedSecretsText(plan);
  return {
    title: "#### Secrets",
    layout: "list",
    pieces: text === "" ? [] : [itemPiece(dangers.remark, sentence(text))],
    rest: restOf("note"),
  };
}

function gateSection({ gates }: Plan): Section {
  const commands = [...groupBy(gates, ({ command }) => command)];
  return {
    title: "#### Gates, which must pass before anything is released",
    layout: "list",
    pieces: commands.map(([command, runs]) => {
      const keys = listed(runs.map(releasedText));
      const code = inlineCode(truncated(command, longestCommand));
      return itemPiece(dangers.remark, `${code} for ${sentence(keys)}`);
    }),
    rest: restOf("gate"),
  };
}

function checkSection(plan: Plan): Section {
  const warning = takesManyRequests(plan)
    ? [itemPiece(dangers.remark, sentence(manyRequestsText))]
    : [];
  return {
    title: `#### ${checksSum(plan)}`,
    layout: "list",
    pieces: [
      ...checksByName(plan).map(([name, runs]) => {
        const keys = listed(runs.map(releasedText));
        return itemPiece(
          dangers.remark,
          `${inlineCode(truncated(name, longestCommand))} for ${sentence(keys)}`,
        );
      }),
      ...warning,
    ],
    rest: restOf("check"),
  };
}

function graphSection(plan: Plan): Section {
  const change = graphChange(plan);
  const text =
    change.kind === "too_much"
      ? `${counted(change.changes, "handoff")} change: too many to draw.`
      : change.kind === "drawn"
        ? change.markdown
        : undefined;
  return {
    title: "#### Handoffs",
    layout: "blocks",
    pieces: text === undefined ? [] : [{ danger: dangers.graph, forms: [() => text] }],
    rest: () => "… The graph is left out: the comment would be too long.",
  };
}
