import { describe, expect, test } from "vitest";
import { judgePlan } from "../../src/commands/checkout.ts";
import { runPlan } from "../../src/commands/plan.ts";
import type { CommitRelation } from "../../src/plan/commit-relation.ts";
import { checkoutNoteText } from "../../src/report/words/checkout-note.ts";
import { planFor, prod, serverWith } from "../apply/apply-plan.ts";
import { noFlags, project } from "../plan/world.ts";
import { noCheckout, told } from "./command-run.ts";

const recorded = "c0ffee".padEnd(40, "0");

/** What the checkout says about a change of an agent that this commit was applied to. */
async function judged(relation: CommitRelation, allowRewind: boolean) {
  const server = await serverWith({ key: "a", aliases: prod });
  const versions = server.stored("ag_001").versions;
  const message = `commit ${recorded} of 2026-01-01T00:00:00Z`;
  versions.set(0, { ...versions.get(0), version_message: message });
  const wanted = project({ key: "a", aliases: prod, description: "two" });
  const plan = await planFor(server, wanted);
  const options = { ...plan.options, allowRewind };
  const relations = async () => new Map([[recorded, relation]]);
  const committedMs = Date.parse("2026-01-02T00:00:00Z");
  const checkout = {
    kind: "commit",
    head: "beef",
    committedMs,
    relations,
    uncommitted: [],
  } as const;
  return judgePlan({ ...plan, options }, server.reader, { checkout, history: "dates" });
}

describe("a history that does not tell whether a commit is newer", () => {
  test("is noted in the plan, with the fix, since an apply of it would end with 1", async () => {
    const { plan, judgement } = await judged("unknown", false);
    expect(judgement.unknown).toEqual([{ key: "a", commit: recorded }]);
    expect(plan.checkoutNotes).toEqual([
      { kind: "history_missing", key: "a", commit: recorded, isAllowed: false },
    ]);
    const words = plan.checkoutNotes.map(checkoutNoteText).join();
    expect(words).toContain("apply refuses this");
    expect(words).toContain("git fetch --unshallow");
  });

  test("is noted as allowed where going back is", async () => {
    const { plan } = await judged("unknown", true);
    expect(plan.checkoutNotes.map(checkoutNoteText).join()).toContain("--allow-rewind allows it");
  });

  test("is no matter where the history tells", async () => {
    expect((await judged("ancestor", false)).plan.checkoutNotes).toEqual([]);
  });
});

test.each([
  ["with changes", "two", 1],
  ["without changes", undefined, 0],
])("a plan %s asks git this often", async (_what, description, times) => {
  const server = await serverWith({ key: "a" });
  const desired = project({ key: "a", ...(description !== undefined && { description }) });
  const request = { desired, server: "s", reader: server.reader, options: noFlags };
  let asked = 0;
  const commits = async () => {
    asked += 1;
    return noCheckout;
  };
  await told((emit) => runPlan({ ...request, commits }, emit));
  expect(asked).toBe(times);
});
