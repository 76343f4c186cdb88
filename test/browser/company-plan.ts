import type { JsonObject } from "../../src/agent/json.ts";
import type { RemoteAgent, RemoteAlias } from "../../src/agent/remote-agent.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { alias, applied, id, model, plan, project, tags, type Wanted } from "../plan/world.ts";

const crm = {
  type: "connector",
  connector_id: "crm",
  authorization: { type: "api-key", value: { secret: "CRM_TOKEN" } },
  tool_configuration: { include: ["read_customer"], requires_confirmation: ["read_customer"] },
} satisfies JsonObject;

const lookup = {
  type: "function",
  function: {
    name: "lookup_order",
    description: "Finds an order by its number.",
    parameters: {
      type: "object",
      properties: { order: { type: "string" }, country: { type: "string" } },
      required: ["order"],
    },
  },
} satisfies JsonObject;

/**
 * The plan of a company on a busy day: `count` agents in a ring of handoffs, each with a changed prompt, half of them with a
 * connector whose secret is not set. desk-000 is new, old-router goes, desk-001 was edited outside, desk-002 rolled back.
 */
export function companyPlan(count: number): Plan {
  const wanted = Array.from({ length: count }, (_, at) => desk(at, count));
  const standing = wanted.slice(1).map((each, at) => before(each, at + 1));
  const gone = applied(
    { key: "old-router", name: "Old router" },
    { version: 2, versions: [0, 1, 2] },
  );
  const first = standing[0];
  const released = first && applied({ ...wanted[1], key: nameOf(1) }, { id: first.id });
  return plan(
    { ...project(...wanted), unsetSecrets: new Map([["CRM_TOKEN", ["CRM_TOKEN"]]]) },
    [...standing, gone],
    {
      scope: { server: "https://api.mistral.ai", project: "acme-support", environment: "prod" },
      aliases: new Map(standing.map((each) => [each.id, pointersOf(each)])),
      histories: new Map(released === undefined ? [] : [[released.id, [released]]]),
      listed: { models: [model({ id: "m" })], connectors: ["crm-eu"] },
      options: { prune: true },
    },
  );
}

function nameOf(at: number): string {
  return `desk-${String(at).padStart(3, "0")}`;
}

function desk(at: number, count: number): Wanted {
  return {
    key: nameOf(at),
    name: `Desk ${at} for questions of customers`,
    description: `Answers for country ${at}.`,
    instructions: ["You answer customers.", `Country: ${at}.`, "Be friendly and terse."].join("\n"),
    handoffs: [nameOf((at + 1) % count)],
    aliases: { prod: "latest" },
    ...(at % 2 === 0 && { tools: [{ type: "web_search" }, lookup, crm] }),
    ...(at % 10 === 4 && { model: "m-large" }),
  };
}

/** An agent before its prompt, and the model of some, is changed. */
function before(wanted: Wanted, at: number): RemoteAgent {
  const instructions = String(wanted.instructions).replace(" and terse", "");
  const old = { ...wanted, model: "m", instructions };
  const standing = applied(old, { version: 1, versions: [0, 1] });
  if (at === 1)
    return { ...standing, description: "Edited in the console.", metadata: tags(old.key) };
  if (at !== 2) return standing;
  return { ...standing, metadata: tags(old.key, { version: "1", aliases: "prod=0" }) };
}

function pointersOf({ id: agent }: RemoteAgent): readonly RemoteAlias[] {
  const isBack = agent === id(`ag_${nameOf(2)}`);
  return isBack ? [alias("prod", 0), alias("prod-prev", 1)] : [alias("prod", 1)];
}
