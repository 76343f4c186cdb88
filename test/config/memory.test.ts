import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { parseYaml } from "../../src/config/parse-yaml.ts";
import { sourceText } from "../../src/config/source-text.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

function usedMemory(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test("a string in quotes takes no more memory than its characters", () => {
  const source = sourceText("a.yaml", "a.yaml", `a: "${"word ".repeat(200_000)}"`);
  const before = usedMemory();
  const tree = parseYaml(source, () => {});
  expect(usedMemory() - before).toBeLessThan(4 * source.text.length);
  expect(tree?.kind).toBe("map");
});
