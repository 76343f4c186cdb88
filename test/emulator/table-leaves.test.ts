import { expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import { createValidator } from "../../src/emulator/validation.ts";
import { leavesOf } from "../agent/table-leaves.ts";

/**
 * The emulator reads the API for itself, so a property that only agentvane's tables have would be refused by it. It is
 * added to `src/emulator/request-schemas.ts`.
 */
test("the emulator knows every property of the tables", () => {
  const validate = createValidator(() => false);
  const unknown = leavesOf(agentTable).flatMap(({ name, within, values }) => {
    const details = validate("update", within(values[0]));
    return details.some(({ type }) => type === "extra_forbidden")
      ? [`add ${name} to src/emulator/request-schemas.ts`]
      : [];
  });
  expect(leavesOf(agentTable).length).toBeGreaterThan(40);
  expect(unknown).toEqual([]);
});
