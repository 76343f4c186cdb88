import type { JsonObject } from "../../src/agent/json.ts";
import type { PlanDifference } from "../../src/plan/plan-difference.ts";
import { apply, prod } from "../apply/apply-plan.ts";
import { FakeServer } from "../apply/fake-server.ts";
import { project, tags } from "../plan/world.ts";
import { idOf } from "./command-run.ts";

const triage = { key: "triage", aliases: prod };
const billing = { key: "billing", aliases: prod };

/**
 * An agent with two versions and `prod` at the newer one, one that stays as it is, and one that the file no longer
 * has.
 */
export async function scene(): Promise<FakeServer> {
  const server = new FakeServer();
  const former = { key: "former", description: "was here before" };
  for (const description of ["first", "second"]) {
    await apply(server, project({ ...triage, description }, billing, former));
  }
  server.writes.length = 0;
  return server;
}

/** What the file wants of that: an update, a create and, with `--prune`, a deletion. */
export const wanted = project({ ...triage, description: "third" }, billing, {
  key: "greeter",
  aliases: prod,
});

/** Writes a version's content in place. */
function amend(server: FakeServer, key: string, members: JsonObject): void {
  const { versions, current } = server.stored(idOf(server, key));
  versions.set(current, { ...versions.get(current), ...members });
}

function retag(server: FakeServer, key: string, name: string, value: string): void {
  const { metadata } = server.read(idOf(server, key));
  amend(server, key, { metadata: { ...(metadata as JsonObject), [`agentvane.${name}`]: value } });
}

type Meddling = {
  readonly act: (server: FakeServer) => unknown;
  /** What is told of it at least, in short. */
  readonly told: readonly string[];
};

/** What others may do between a plan and its apply that makes it another plan. */
export const meddlings: { readonly [what: string]: Meddling } = {
  "an agent is edited": {
    act: (server) => server.update(idOf(server, "triage"), { description: "theirs" }),
    told: [
      "version triage default",
      "version triage newest",
      "property triage description",
      "drift triage",
    ],
  },
  "a property is edited that the file does not change": {
    act: (server) => server.update(idOf(server, "triage"), { instructions: "theirs" }),
    told: [
      "version triage default",
      "version triage newest",
      "property triage instructions",
      "drift triage",
    ],
  },
  "an agent is edited and switched back": {
    act: (server) => {
      server.update(idOf(server, "triage"), { description: "theirs" });
      server.switchTo(idOf(server, "triage"), 1);
    },
    told: ["version triage newest"],
  },
  "an agent is edited in place": {
    act: (server) => amend(server, "triage", { description: "theirs" }),
    told: ["property triage description", "drift triage"],
  },
  "a default version is switched": {
    act: (server) => server.switchTo(idOf(server, "triage"), 0),
    told: ["version triage default", "property triage description", "drift triage"],
  },
  "an alias is moved": {
    act: (server) => server.setAlias(idOf(server, "triage"), "prod", 0),
    told: ["pointer triage prod", "drift triage"],
  },
  "an alias is removed": {
    act: (server) => server.stored(idOf(server, "triage")).aliases.delete("prod"),
    told: ["pointer triage prod", "drift triage"],
  },
  "a memory of an alias is made": {
    act: (server) => server.setAlias(idOf(server, "triage"), "prod-prev", 0),
    told: ["pointer triage prod-prev"],
  },
  "an agent is deleted": {
    act: (server) => server.agents.delete(idOf(server, "triage")),
    told: ["action triage create", "agent triage", "pointer triage prod"],
  },
  "an agent is protected": {
    act: (server) => retag(server, "triage", "protect", "true"),
    told: ["owner triage", "property triage metadata.agentvane.protect"],
  },
  "an agent goes to another environment": {
    act: (server) => retag(server, "triage", "environment", "staging"),
    told: ["refusal other_environment_form"],
  },
  "an agent is copied, tags and all": {
    act: (server) => {
      const { metadata } = server.read(idOf(server, "triage"));
      const copy = server.create({ name: "copy", model: "m", metadata: metadata as JsonObject });
      server.setAlias(copy.id, "prod", 0);
    },
    told: ["refusal duplicate_owner"],
  },
  "an agent loses its tags": {
    act: (server) => server.update(idOf(server, "triage"), { metadata: null }),
    told: ["refusal tags_lost"],
  },
  "an agent that is to be created is there": {
    act: (server) => server.create({ name: "greeter", model: "m", metadata: tags("greeter") }),
    told: ["action greeter noop", "agent greeter"],
  },
  "its name is taken": {
    act: (server) => server.create({ name: "greeter", model: "m" }),
    told: ["refusal name_taken"],
  },
  "an agent that stays is edited": {
    act: (server) => server.update(idOf(server, "billing"), { description: "theirs" }),
    told: ["action billing reuse"],
  },
  "an alias of one that stays is moved": {
    act: (server) => server.stored(idOf(server, "billing")).aliases.delete("prod"),
    told: ["action billing noop"],
  },
  "an agent that is to be deleted gets an alias": {
    act: (server) => server.setAlias(idOf(server, "former"), "live", 0),
    told: ["alias former live"],
  },
  "an agent that is to be deleted is edited": {
    act: (server) => server.update(idOf(server, "former"), { description: "theirs" }),
    told: ["version former default", "version former newest"],
  },
  "an agent that is to be deleted is protected": {
    act: (server) => retag(server, "former", "protect", "true"),
    told: ["owner former", "refusal protected"],
  },
  "an agent that is to be deleted is handed off to": {
    act: (server) => {
      const handoffs = [idOf(server, "former")];
      server.create({ name: "somebody's", model: "m", handoffs });
    },
    told: ["refusal still_used"],
  },
  "one more agent is left over": {
    act: (server) => server.create({ name: "x", model: "m", metadata: tags("older") }),
    told: ["action older delete"],
  },
};

/** What others may do that leaves a plan as it is. */
export const harmless: { readonly [what: string]: Meddling["act"] } = {
  nothing: () => {},
  "an agent of nobody appears": (server) => server.create({ name: "x", model: "m" }),
  "an agent of another project appears": (server) => {
    server.create({ name: "x", model: "m", metadata: tags("other", { project: "other" }) });
  },
  "an agent of nobody goes on": (server) => {
    const { id } = server.create({ name: "x", model: "m" });
    server.update(id, { description: "theirs" });
    server.setAlias(id, "prod", 1);
  },
  "an agent that stays gets an alias that no file names": (server) => {
    server.setAlias(idOf(server, "billing"), "live", 0);
  },
  "an agent that changes gets one": (server) => {
    server.setAlias(idOf(server, "triage"), "live", 0);
  },
};

/** A difference in a few words. */
export function inShort(difference: PlanDifference): string {
  const { kind } = difference;
  switch (kind) {
    case "scope":
      return `${kind} ${difference.member}`;
    case "refusal":
      return `${kind} ${difference.refusal.kind}`;
    case "gate":
    case "check":
      return `${kind} ${difference.change}`;
    case "action":
      return `${kind} ${difference.key} ${difference.now ?? "-"}`;
    case "version":
      return `${kind} ${difference.key} ${difference.which}`;
    case "property":
      return `${kind} ${difference.key} ${difference.path}`;
    case "pointer":
      return `${kind} ${difference.key} ${difference.pointer}`;
    case "alias":
      return `${kind} ${difference.key} ${difference.alias}`;
    case "done":
    case "agent":
    case "owner":
    case "definition":
    case "reuse":
    case "drift":
      return `${kind} ${difference.key}`;
  }
}
