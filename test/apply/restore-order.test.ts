import { expect, test } from "vitest";
import type { RemoteAlias } from "../../src/agent/remote-agent.ts";
import { isLeftByDefault } from "../../src/apply/restore-order.ts";
import { alias, remoteAgent } from "../plan/world.ts";

const time = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

/** Whether a default on version 1 moved after an alias did, so many milliseconds later. */
function isLeft(ms: number, version = 0): boolean {
  const remote = remoteAgent({ id: "ag_a", version: 1, versions: [0, 1], updated_at: time(ms) });
  const standing: RemoteAlias = { ...alias("prod", version), updated_at: time(0) };
  return isLeftByDefault(remote, standing);
}

test("a default left an alias behind when it moved more than a second later, and to another version", () => {
  expect(isLeft(1_001)).toBe(true);
  expect(isLeft(1_000)).toBe(false);
  expect(isLeft(-5_000)).toBe(false);
  expect(isLeft(5_000, 1)).toBe(false);
});
