import type {
  AgentPlan,
  Change,
  CreatePlan,
  ForgetPlan,
  LeftoverPlan,
  ReusePlan,
  SettledPlan,
  UpdatePlan,
} from "../plan/agent-plan.ts";
import { actionSigns } from "./action-sign.ts";
import { aboutAgent, agentWarnings } from "./agent-about.ts";
import { changeText, newValueText } from "./change-text.ts";
import { indented, type Line, type Span, type Style, styled } from "./line.ts";
import { noteText } from "./note-text.ts";
import { handoffNames } from "./shown-value.ts";

/** What is to be done about one agent; nothing for one that is as it should be and has no note. */
export function agentPlanText(plan: AgentPlan): readonly Line[] {
  switch (plan.action) {
    case "create":
      return createText(plan);
    case "update":
    case "move":
      return updateText(plan);
    case "reuse":
      return reuseText(plan);
    case "forget":
      return forgetText(plan);
    case "noop":
    case "adopt":
      return settledText(plan);
    case "delete":
    case "orphan":
      return leftoverText(plan);
  }
}

function createText(plan: CreatePlan): readonly Line[] {
  const unknown = new Set<string>(plan.unknownHandoffs);
  const tools = plan.changes.filter(isTool);
  const others = plan.changes.filter((change) => !isTool(change) && change.path !== "name");
  const circle: readonly Line[] = plan.completedLater
    ? [[styled("faint", "note: written twice, the second time when all it needs is there")]]
    : [];
  return [
    header("added", plan),
    ...indented(
      [
        ...others.flatMap(({ path, after }) =>
          path === "handoffs"
            ? [handoffsLine(handoffNames(after ?? null), unknown)]
            : newValueText(path, after ?? null),
        ),
        ...toolsLine(tools),
        ...circle,
        ...plan.notes.map(noteText),
      ],
      4,
    ),
  ];
}

function updateText(plan: UpdatePlan): readonly Line[] {
  const { changes, unknownHandoffs } = plan;
  const unknown: readonly Line[] =
    unknownHandoffs.length > 0
      ? [["the ids of ", unknownHandoffs.join(", "), " are ", knownAfterApply]]
      : [];
  return [
    header("changed", plan),
    ...indented(
      [
        ...warningLines(plan),
        ...changes.flatMap(changeText),
        ...unknown,
        ...plan.notes.map(noteText),
      ],
      4,
    ),
  ];
}

function reuseText(plan: ReusePlan): readonly Line[] {
  return [
    header("changed", plan),
    ...indented(
      [...warningLines(plan), ...plan.changes.flatMap(changeText), ...plan.notes.map(noteText)],
      4,
    ),
  ];
}

function forgetText(plan: ForgetPlan): readonly Line[] {
  return [header("warning", plan), ...indented(plan.notes.map(noteText), 4)];
}

function warningLines(plan: AgentPlan): readonly Line[] {
  return agentWarnings(plan).map((warning) => [styled("warning", `! ${warning}`)]);
}

function settledText(plan: SettledPlan): readonly Line[] {
  const notes = indented([...warningLines(plan), ...plan.notes.map(noteText)], 4);
  if (plan.action === "adopt") return [header("success", plan), ...notes];
  return notes.length > 0 ? [header("faint", plan), ...notes] : [];
}

function leftoverText(plan: LeftoverPlan): readonly Line[] {
  return [header(plan.action === "delete" ? "removed" : "warning", plan)];
}

const knownAfterApply: Span = styled("faint", "known after apply");

function header(style: Style, plan: AgentPlan): Line {
  const { action, key, name } = plan;
  const about = aboutAgent(plan);
  return [
    styled(style, `${actionSigns[action]} ${action === "noop" ? "no change" : action}`),
    " ",
    styled("strong", key),
    ...(name === key ? [] : [` "${name}"`]),
    ...(about === "" ? [] : ["  ", styled("faint", about)]),
  ];
}

function handoffsLine(names: readonly string[], unknown: ReadonlySet<string>): Line {
  const spans = names.flatMap((name, at): Span[] => [
    at === 0 ? "" : ", ",
    name,
    ...(unknown.has(name) ? [" (", knownAfterApply, ")"] : []),
  ]);
  return [styled("strong", "handoffs"), ": ", ...spans];
}

/** New tools by what makes each one itself, such as `function:lookup_order`. */
function toolsLine(tools: readonly Change[]): readonly Line[] {
  if (tools.length === 0) return [];
  const names = tools.map(({ path }) => path.slice("tools[".length, -1));
  return [[styled("strong", "tools"), ": ", names.join(", ")]];
}

function isTool({ path }: Change): boolean {
  return path.startsWith("tools[");
}
