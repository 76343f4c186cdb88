import { expect, test } from "vitest";
import type { AgentKey, AliasName, Version } from "../../../src/agent/identity.ts";
import type { PointerMove } from "../../../src/plan/pointer-move.ts";
import { paint } from "../../../src/report/words/line.ts";
import { pointerMovesText } from "../../../src/report/words/pointer-move.ts";

const memory = {
  key: "a" as AgentKey,
  pointer: "prod-prev" as AliasName,
  from: 1 as Version,
  stage: "remember",
} as const;

test.each<readonly [string, PointerMove["to"], string]>([
  ["set", { kind: "existing", version: 2 as Version }, "  a  prod-prev  1 → 2  for rollback\n"],
  ["removed", { kind: "removed" }, "  a  prod-prev  1 → removed\n"],
])("an alias for rollback that is %s", (_name, to, line) => {
  expect(paint(pointerMovesText([{ ...memory, to }]), false)).toBe(line);
});
