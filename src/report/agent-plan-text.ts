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
import { driftOf } from "../plan/deed.ts";
import { counted } from "./bounded.ts";
import { changeText, newValueText } from "./change-text.ts";
import { pointerDriftText } from "./drift-text.ts";
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
    header("added", "+ create", plan),
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
  const emptied: readonly Line[] = plan.wipesUnowned
    ? [
        [
          styled(
            "warning",
            "! agentvane never wrote this agent: what the file leaves out is cleared",
          ),
        ],
      ]
    : [];
  return [
    header(
      "changed",
      plan.action === "move" ? "> move" : "~ update",
      plan,
      `version ${plan.remote.version} → ${plan.expected} (new)`,
    ),
    ...indented(
      [
        ...emptied,
        ...driftLines(plan),
        ...changes.flatMap(changeText),
        ...unknown,
        ...plan.notes.map(noteText),
      ],
      4,
    ),
  ];
}

function reuseText(plan: ReusePlan): readonly Line[] {
  const { remote, version } = plan;
  const where =
    version === remote.version
      ? `version ${version}, verified again: no new version`
      : `version ${remote.version} → ${version}, which is there: no new version`;
  return [
    header("changed", "< reuse", plan, where),
    ...indented(
      [...driftLines(plan), ...plan.changes.flatMap(changeText), ...plan.notes.map(noteText)],
      4,
    ),
  ];
}

function forgetText(plan: ForgetPlan): readonly Line[] {
  return [
    header("warning", "x forget", plan, `${plan.id} stays as it is and belongs to nobody`),
    ...indented(plan.notes.map(noteText), 4),
  ];
}

/** Pointers that somebody moved: no property tells of that. */
function driftLines(plan: AgentPlan): readonly Line[] {
  return driftOf(plan).pointers.map((pointer) => [
    styled("warning", `! ${pointerDriftText(pointer)}`),
  ]);
}

function settledText(plan: SettledPlan): readonly Line[] {
  const notes = indented([...driftLines(plan), ...plan.notes.map(noteText)], 4);
  if (plan.action === "adopt") {
    return [
      header("success", "= adopt", plan, `${plan.id}, as it is: nothing is written yet`),
      ...notes,
    ];
  }
  return notes.length > 0 ? [header("faint", "  no change", plan), ...notes] : [];
}

function leftoverText(plan: LeftoverPlan): readonly Line[] {
  return plan.action === "delete"
    ? [
        header(
          "removed",
          "- delete",
          plan,
          `${plan.id} and its ${counted(plan.remote.versions.length, "version")}`,
        ),
      ]
    : [
        header(
          "warning",
          "? orphan",
          plan,
          `${plan.id}, no longer in the file; --prune deletes it`,
        ),
      ];
}

const knownAfterApply: Span = styled("faint", "known after apply");

function header(style: Style, action: string, { key, name }: AgentPlan, more?: string): Line {
  return [
    styled(style, action),
    " ",
    styled("strong", key),
    ...(name === key ? [] : [` "${name}"`]),
    ...(more === undefined ? [] : ["  ", styled("faint", more)]),
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
