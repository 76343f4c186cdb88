import {
  agentKeyPattern,
  aliasPattern,
  environmentPattern,
  slugPattern,
} from "../agent/identity.ts";
import {
  aliasTargetPattern,
  filledPattern,
  labelPattern,
  orTemplate,
  plainFilledPattern,
  plainTextPattern,
  templatePattern,
  variablePattern,
} from "./patterns.ts";
import type { NameKind, ProblemKind, ValueType } from "./problem.ts";
import { hasTemplate } from "./template.ts";

/** What is wrong with a text that does not match a pattern; `expected` is what may stand in its place. */
export function patternProblem(
  pattern: string,
  found: string,
  expected: readonly ValueType[],
): ProblemKind {
  switch (pattern) {
    case labelPattern:
      return { code: "reserved_label", name: found };
    case filledPattern:
      return { code: "empty_value" };
    case plainTextPattern:
      return { code: "template_not_allowed" };
    case plainFilledPattern:
      return { code: hasTemplate(found) ? "template_not_allowed" : "empty_value" };
    case agentKeyPattern:
      if (hasTemplate(found)) return { code: "template_not_allowed" };
      return { code: "bad_form", found, what: "agent_key", pattern };
    case templatePattern:
    case aliasTargetPattern:
    case orTemplate(aliasTargetPattern):
      return { code: "wrong_type", expected, found: "text" };
    default: {
      const form = namePatterns.get(pattern) ?? { what: "text", pattern };
      return { code: "bad_form", found, ...form };
    }
  }
}

type Form = { readonly what: NameKind; readonly pattern: string };

/** What a name that does not match is the name of. */
const namePatterns: ReadonlyMap<string, Form> = new Map([
  [slugPattern, { what: "slug", pattern: slugPattern }],
  [environmentPattern, { what: "environment", pattern: environmentPattern }],
  [aliasPattern, { what: "alias", pattern: aliasPattern }],
  [orTemplate(aliasPattern), { what: "alias", pattern: aliasPattern }],
  [variablePattern, { what: "variable", pattern: variablePattern }],
]);
