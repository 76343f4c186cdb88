import { expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import { withDefaults } from "../../src/emulator/echo.ts";
import { createValidator } from "../../src/emulator/validation.ts";
import { leavesOf } from "../agent/table-leaves.ts";

/** The emulator reads the API for itself, so it refuses a property that only the tables of agentvane have. */
test("the emulator accepts every property of the tables", () => {
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

/** Servers return a property that is not set: with null, or with its default. */
test("the emulator returns every property of the tables that is not set", () => {
  const missing = leavesOf(agentTable).flatMap(({ name, row, steps, within }) => {
    const answer = withDefaults({ name: "a", model: "m", ...within(undefined) });
    const found = steps.reduce<unknown>((value, step) => (value as never)?.[step], answer);
    return row.unset === undefined || found !== undefined
      ? []
      : [`add ${name} to src/emulator/echo.ts`];
  });
  expect(missing).toEqual([]);
});
