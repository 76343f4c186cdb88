import type { Pointer } from "../../agent/identity.ts";
import type { PlanFault } from "../../commands/plan-fault.ts";
import type { AgentPlan } from "../../plan/agent-plan.ts";
import type { Route } from "../../plan/approved-plan.ts";
import type { PlanDifference } from "../../plan/plan-difference.ts";
import { truncated } from "../safe/truncate.ts";
import { pointerText, versionText } from "./pointer-move.ts";
import { refusalText } from "./refusal.ts";

/** One difference between the approved plan and the current one, in one line. */
export function planDifferenceText(difference: PlanDifference): string {
  switch (difference.kind) {
    case "scope":
      return `${difference.member}: the plan is for "${difference.before}", this run for "${difference.now}"`;
    case "action":
      return `${difference.key}: ${actionText(difference.before, difference.now)}`;
    case "done":
      return `${difference.key}: this part of the plan is applied already`;
    case "agent":
      return `${difference.key}: ${agentText(difference.before, difference.now)}`;
    case "version":
      return `${difference.key}: ${difference.which} version ${versionText(difference.before)} → ${versionText(difference.now)}`;
    case "owner":
      return `${difference.key}: its owner tags changed`;
    case "property":
      return `${difference.key}: ${difference.path} changed on the server or in the configuration`;
    case "definition":
      return `${difference.key}: the configuration changed`;
    case "reuse":
      return `${difference.key}: version to reuse ${versionText(difference.before)} → ${versionText(difference.now)}`;
    case "pointer":
      return `${difference.key}: ${pointerText(difference.pointer as Pointer)} ${moveText(difference.before)}, now ${moveText(difference.now)}`;
    case "alias":
      return `${difference.key}: alias ${difference.alias} ${versionText(difference.before)} → ${versionText(difference.now)}`;
    case "drift":
      return `${difference.key}: the outside changes differ from those in the plan`;
    case "gate":
      return `gate ${truncated(difference.command, 200)}: ${gateTexts[difference.change]}`;
    case "check":
      return `check ${truncated(difference.check, 200)}: ${checkTexts[difference.change]}`;
    case "refusal":
      return `now refused: ${refusalText(difference.refusal).message}`;
  }
}

/** Why a file is not a valid saved plan. */
export function planFaultText(fault: PlanFault): string {
  switch (fault.kind) {
    case "missing":
      return "does not exist";
    case "not_a_plan":
      return "is not a plan saved with `agentvane plan --out`";
    case "altered":
      return "was altered after it was saved";
    case "other_tool":
      return `was saved by agentvane ${fault.tool}; plan again with this version`;
  }
}

const checkTexts = {
  added: "it was added",
  removed: "it was removed",
  agents: "it runs for other agents",
  content: "it asks or expects something else",
} as const;

type Action = AgentPlan["action"];

const actionTexts: { readonly [Name in Action]: string } = {
  create: "create it",
  update: "update it",
  rename: "rename it",
  reuse: "reuse one of its versions",
  adopt: "move its aliases",
  noop: "move its aliases",
  delete: "delete it",
  orphan: "leave it alone",
  forget: "forget it",
};

function actionText(before: Action | undefined, now: Action | undefined): string {
  if (before === undefined) return `the plan leaves it alone; apply would ${does(now)}`;
  if (now === undefined) return `the plan would ${does(before)}; now nothing is left to do`;
  return `the plan would ${does(before)}; apply would ${does(now)}`;
}

function does(action: Action | undefined): string {
  return action === undefined ? "do nothing" : actionTexts[action];
}

function agentText(before: string | null, now: string | null): string {
  if (before === null) return `there is an agent now, ${now}`;
  if (now === null) return `the agent ${before} was deleted`;
  return `the agent is ${now} now, not ${before}`;
}

function moveText(route: Route | undefined): string {
  if (route === undefined) return "stays";
  const to = route.to === "built" ? "the new version" : versionText(route.to);
  return `${versionText(route.from)} → ${to}`;
}

const gateTexts = {
  removed: "the plan runs it, apply would not",
  added: "the plan does not have it",
  agents: "it would judge other agents",
  timeout: "its time-out changed",
  files: "a file that it names changed",
} as const satisfies Record<Extract<PlanDifference, { kind: "gate" }>["change"], string>;
