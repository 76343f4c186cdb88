import { agentTable } from "../agent/agent-table.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import { holdsSecret, secretsIn } from "../agent/secrets.ts";
import type { AgentPlan, Change } from "./agent-plan.ts";
import type { Refusal } from "./refusal.ts";

/**
 * `--resend-secrets`: a secret that was only rotated is no difference anybody can see, so a person has to say
 * that it is one. Every secret of the definition is a change then.
 */
export function resentSecrets({ definition }: DesiredAgent): readonly Change[] {
  return secretsIn(agentTable, definition).map(({ path }) => ({
    path,
    before: undefined,
    after: "sent again",
    origin: "yours",
  }));
}

/** Adds a note to an agent that nothing is sent to although it has secrets: a rotated value alone is no change. */
export function noteSecrets(plan: AgentPlan, agents: readonly DesiredAgent[]): AgentPlan {
  if (plan.action !== "noop" && plan.action !== "adopt") return plan;
  const agent = agents.find(({ key }) => key === plan.key);
  if (agent === undefined || !holdsSecret(agentTable, agent.definition)) return plan;
  return { ...plan, notes: [...plan.notes, { kind: "secrets_not_compared" }] };
}

/** Keys for which there is nothing to send again. */
export function resendRefusals(
  agents: readonly DesiredAgent[],
  resend: readonly string[],
): readonly Refusal[] {
  const known = agents.map(({ key }) => key);
  return resend.flatMap((key): Refusal[] => {
    const agent = agents.find((each) => each.key === key);
    if (agent === undefined) return [{ kind: "unknown_key", flag: "resend-secrets", key, known }];
    return holdsSecret(agentTable, agent.definition)
      ? []
      : [{ kind: "no_secret", key: agent.key, at: agent.at }];
  });
}
