import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import { applyPlan } from "../../src/apply/apply.ts";
import type { ApplyEvent } from "../../src/apply/event.ts";
import { planProject } from "../../src/commands/make-plan.ts";
import type { Behaviour } from "../../src/emulator/behaviour.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { hasChanges } from "../../src/plan/has-changes.ts";
import { unlimited } from "../../src/plan/limits.ts";
import { connect } from "../../src/remote/remote.ts";
import { definition } from "../agent/wire-agent.ts";
import { desiredAgent } from "../plan/world.ts";
import { behaviourVariants } from "../scenarios/behaviour-variants.ts";

async function site(behaviour: Partial<Behaviour>) {
  const emulator = createEmulator({
    behaviour,
    now: () => new Date(),
    randomBytes: (count) => randomBytes(count),
  });
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const { reader, writer } = await connect({
    serverUrl: "http://127.0.0.1",
    apiKey: "k",
    userAgent: "test",
    clock,
    random: () => 0.5,
    parallelism: 4,
    requestTimeoutMs: 60_000,
    signal: new AbortController().signal,
    timeLeft: () => 60_000,
    proxyVariables: {},
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
    observe: () => {},
    mask: (text: string) => text,
  });
  const plan = (desired: DesiredProject) =>
    planProject({
      desired,
      server: "s",
      reader,
      options: {
        prune: false,
        allowDuplicateNames: false,
        only: [],
        resendSecrets: [],
        limits: unlimited,
        allowRewind: false,
      },
    });
  const apply = async (desired: DesiredProject) => {
    const made = await plan(desired);
    expect(made.refusals).toEqual([]);
    const events: ApplyEvent[] = [];
    const nonce = randomBytes(4).toString("hex");
    await applyPlan(
      made,
      {
        parallelism: 4,
        settleMs: 100,
        release: nonce,
        nonce,
        provenance: "t",
        timeLeft: () => 60_000,
        stopped: () => undefined,
      },
      {
        reader,
        writer,
        clock,
        reveal: (reference) => `text of ${reference}`,
        checking: undefined,
        runGate: async () => ({ kind: "passed" as const }),
        emit: (event) => events.push(event),
      },
    );
    return events;
  };
  return { emulator, plan, apply };
}

/** Two editions of a fleet of three; handoffs stay inside it. */
const edition = fc.tuple(definition, definition, definition).map(
  (definitions): DesiredProject => ({
    project: "acme",
    environment: "",
    isEphemeral: false,
    renames: [],
    gates: [],
    checks: [],
    unsetSecrets: new Map(),
    agents: definitions.map((each, at) => {
      const key = ["a", "b", "c"][at] ?? "";
      const tools = (each.tools ?? []) as readonly { readonly type: string }[];
      const agent = desiredAgent({ key, aliases: at === 0 ? { prod: "latest" } : {} });
      const handoffs =
        Array.isArray(each.handoffs) && each.handoffs.length > 0
          ? [{ key: "b" }, { key: "c" }]
          : null;
      return {
        ...agent,
        definition: {
          ...each,
          name: key,
          handoffs,
          tools: tools.map((tool) =>
            tool.type === "document_library"
              ? {
                  ...tool,
                  library_ids: [
                    "0199e792-c164-7356-af78-d08137c8cd08",
                    "0199E792-C164-7356-AF78-D08137C8CD09",
                  ],
                }
              : tool,
          ),
        } as never,
      };
    }),
  }),
);

describe.each(behaviourVariants)("under %s", (_name, behaviour) => {
  test("law: apply, then plan is empty, whatever was there before", async () => {
    await fc.assert(
      fc.asyncProperty(edition, edition, async (first, second) => {
        const { plan, apply } = await site(behaviour);
        for (const desired of [first, second]) {
          const events = await apply(desired);
          const failed = events.flatMap((event) =>
            event.kind === "write_failed" && event.failure.kind === "not_taken"
              ? [...event.failure.paths]
              : [],
          );
          if (
            behaviour.null_in_patch === "unchanged" &&
            failed.some(([name]) => name === "handoffs" || name === "metadata")
          ) {
            return;
          }
          expect(events.at(-1), JSON.stringify(events)).toMatchObject({
            kind: "apply_finished",
            released: true,
          });
          const again = await plan(desired);
          expect(
            hasChanges(again),
            JSON.stringify(again.agents.map((each) => "changes" in each && each.changes)),
          ).toBe(false);
        }
      }),
      { numRuns: 8 },
    );
  });
});
