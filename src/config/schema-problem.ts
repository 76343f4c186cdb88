import type { Keyword, SchemaError } from "./compiled-schema.ts";
import { expectedTypes } from "./expected-types.ts";
import { patternProblem } from "./pattern-problem.ts";
import type { ProblemKind } from "./problem.ts";
import type { Schema } from "./schema.ts";
import { exampleFor } from "./schema-example.ts";
import { referred } from "./schema-reference.ts";
import type { SourceRange } from "./source-text.ts";
import type { Suggest } from "./suggest.ts";
import { type Broken, type Tree, textOf, typeOf } from "./tree.ts";

/** A problem, and the range of the file that it is about. */
export type LocatedProblem = { readonly range: SourceRange; readonly problem: ProblemKind };

/** What an error is about. */
type About = {
  /** The schema that the value does not follow. */
  readonly schema: Schema;
  /** The value, or the map whose member it is about. */
  readonly tree: Exclude<Tree, Broken>;
  /** The name of the member. */
  readonly name: string;
  readonly suggest: Suggest;
};

/** What an error at a path in a tree means for the person who wrote the file; undefined where another error says it. */
export function problemOf(
  error: SchemaError,
  path: readonly string[],
  root: Tree,
  suggest: Suggest,
): LocatedProblem | undefined {
  const isAboutName = error.propertyName !== undefined;
  const isAboutMember = isAboutName || memberKeywords.has(error.keyword);
  const tree = valueAt(root, isAboutMember ? path.slice(0, -1) : path);
  if (tree === undefined || tree.kind === "broken") return undefined;
  const about = { schema: error.parentSchema, tree, name: path.at(-1) ?? "", suggest };
  return isAboutName ? wrongName(about) : problems[error.keyword](about);
}

const memberKeywords: ReadonlySet<Keyword> = new Set(["required", "not", "additionalProperties"]);

const problems: Record<Keyword, (about: About) => LocatedProblem | undefined> = {
  type: ({ schema, tree }) => ({
    range: tree,
    problem: {
      code: "wrong_type",
      expected: expectedTypes(schema),
      found: typeOf(tree),
      ...exampleFor(schema, tree),
    },
  }),
  enum: notAChoice,
  const: notAChoice,
  required: missingKey,
  not: missingKey,
  additionalProperties: (about) => ({ range: keyOf(about), problem: unknownKey(about) }),
  maxProperties: notAlone,
  minItems: empty,
  pattern: wrongForm,
  minimum: outOfRange,
  maximum: outOfRange,
  if: nothing,
  oneOf: nothing,
  discriminator: nothing,
  propertyNames: nothing,
};

function nothing(): undefined {
  return undefined;
}

function missingKey({ tree, name }: About): LocatedProblem {
  return { range: tree, problem: { code: "missing_key", name } };
}

function empty({ tree }: About): LocatedProblem {
  return { range: tree, problem: { code: "empty_value" } };
}

function outOfRange({ schema: { minimum, maximum }, tree }: About): LocatedProblem | undefined {
  if (tree.kind !== "scalar" || typeof tree.value !== "number") return undefined;
  const bounds = {
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
  return { range: tree, problem: { code: "out_of_range", found: tree.value, ...bounds } };
}

function wrongForm({ schema, tree }: About): LocatedProblem | undefined {
  const found = textOf(tree);
  if (schema.pattern === undefined || found === undefined) return undefined;
  const problem = patternProblem(schema.pattern, found, expectedTypes(schema));
  const isForm = problem.code === "bad_form" || problem.code === "wrong_type";
  return { range: tree, problem: isForm ? { ...problem, ...exampleFor(schema, tree) } : problem };
}

function wrongName(about: About): LocatedProblem | undefined {
  const { pattern } = about.schema;
  if (pattern === undefined) return undefined;
  return { range: keyOf(about), problem: patternProblem(pattern, about.name, []) };
}

function notAChoice({ schema, tree, suggest }: About): LocatedProblem {
  const choices = schema.enum ?? [];
  const words = choices.filter((choice) => choice !== null).map(String);
  const found = tree.kind === "scalar" ? String(tree.value) : tree.kind;
  const problem: ProblemKind = quotedNumber(choices, tree) ?? {
    code: "not_a_choice",
    found,
    choices: words,
    suggestions: suggest(found, words),
  };
  return { range: tree, problem };
}

/** A number in quotes is a text, which looks like the right choice. */
function quotedNumber(choices: NonNullable<Schema["enum"]>, tree: Tree): ProblemKind | undefined {
  const text = textOf(tree);
  const meant = choices.find((choice) => typeof choice === "number" && String(choice) === text);
  if (meant === undefined) return undefined;
  return { code: "wrong_type", expected: ["number"], found: "text", example: String(meant) };
}

function unknownKey({ schema, name, suggest }: About): ProblemKind {
  const properties = Object.entries(schema.properties ?? {});
  const known = properties.map(([each]) => each);
  const under = properties.find(([, each]) => {
    const { properties: inside = {} } = referred(each);
    return Object.hasOwn(inside, name) && name !== "file";
  })?.[0];
  const suggestions = under === undefined ? suggest(name, known) : [];
  return { code: "unknown_key", name, known, suggestions, ...(under !== undefined && { under }) };
}

/** `file` stands for all the rest, so nothing may stand beside it. */
function notAlone({ tree }: About): LocatedProblem | undefined {
  if (tree.kind !== "map") return undefined;
  const other = [...tree.members.keys()].find((name) => name !== "file") ?? "";
  const range = tree.members.get("file")?.key ?? tree;
  return { range, problem: { code: "not_together", name: "file", other } };
}

function keyOf({ tree, name }: About): SourceRange {
  return (tree.kind === "map" ? tree.members.get(name)?.key : undefined) ?? tree;
}

function valueAt(root: Tree, path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>((tree, step) => {
    if (tree?.kind === "list") return tree.items[Number(step)];
    return tree?.kind === "map" ? tree.members.get(step)?.value : undefined;
  }, root);
}
