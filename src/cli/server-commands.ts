import { planText } from "../report/plan-text.ts";
import { run as runApply } from "./run-apply.ts";
import { run as runPlan } from "./run-plan.ts";
import { run as runShow } from "./run-show.ts";
import type { Story } from "./session.ts";

/** The commands that talk to a server: one chunk of the bundle. */
export const plan: Story = { run: runPlan, planText };
export const apply: Story = { run: runApply, planText };
export const show: Story = { run: runShow, planText };
