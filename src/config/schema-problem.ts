import type { Keyword, SchemaError } from "./compiled-schema.ts";
import { patternTrouble } from "./pattern-trouble.ts";
import type { Trouble } from "./problem.ts";
import type { Schema } from "./schema.ts";
import { exampleFor } from "./schema-example.ts";
import { referred } from "./schema-reference.ts";
import { shapesOf } from "./schema-shape.ts";
import type { Place } from "./source-text.ts";
import type { Suggest } from "./suggest.ts";
import { type Broken, shapeOf, type Tree, textOf } from "./tree.ts";

/** A problem with the place in a file that it is about. */
export type PlacedProblem = { readonly place: Place; readonly trouble: Trouble };

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
): PlacedProblem | undefined {
  const isAboutName = error.propertyName !== undefined;
  const isAboutMember = isAboutName || memberKeywords.has(error.keyword);
  const tree = valueAt(root, isAboutMember ? path.slice(0, -1) : path);
  if (tree === undefined || tree.kind === "broken") return undefined;
  const about = { schema: error.parentSchema, tree, name: path.at(-1) ?? "", suggest };
  return isAboutName ? wrongName(about) : problems[error.keyword](about);
}

const memberKeywords: ReadonlySet<Keyword> = new Set(["required", "not", "additionalProperties"]);

const problems: Record<Keyword, (about: About) => PlacedProblem | undefined> = {
  type: ({ schema, tree }) => ({
    place: tree,
    trouble: {
      code: "wrong_type",
      expected: shapesOf(schema),
      found: shapeOf(tree),
      ...exampleFor(schema, tree),
    },
  }),
  enum: notAChoice,
  const: notAChoice,
  required: missingKey,
  not: missingKey,
  additionalProperties: (about) => ({ place: keyOf(about), trouble: unknownKey(about) }),
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

function missingKey({ tree, name }: About): PlacedProblem {
  return { place: tree, trouble: { code: "missing_key", name } };
}

function empty({ tree }: About): PlacedProblem {
  return { place: tree, trouble: { code: "empty_value" } };
}

function outOfRange({ schema: { minimum, maximum }, tree }: About): PlacedProblem | undefined {
  if (tree.kind !== "scalar" || typeof tree.value !== "number") return undefined;
  const bounds = {
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
  return { place: tree, trouble: { code: "out_of_range", found: tree.value, ...bounds } };
}

function wrongForm({ schema, tree }: About): PlacedProblem | undefined {
  const found = textOf(tree);
  if (schema.pattern === undefined || found === undefined) return undefined;
  const trouble = patternTrouble(schema.pattern, found, shapesOf(schema));
  const isForm = trouble.code === "bad_form" || trouble.code === "wrong_type";
  return { place: tree, trouble: isForm ? { ...trouble, ...exampleFor(schema, tree) } : trouble };
}

function wrongName(about: About): PlacedProblem | undefined {
  const { pattern } = about.schema;
  if (pattern === undefined) return undefined;
  return { place: keyOf(about), trouble: patternTrouble(pattern, about.name, []) };
}

function notAChoice({ schema, tree, suggest }: About): PlacedProblem {
  const choices = schema.enum ?? [];
  const words = choices.filter((choice) => choice !== null).map(String);
  const found = tree.kind === "scalar" ? String(tree.value) : tree.kind;
  const trouble: Trouble = quotedNumber(choices, tree) ?? {
    code: "not_a_choice",
    found,
    choices: words,
    suggestions: suggest(found, words),
  };
  return { place: tree, trouble };
}

/** A number in quotes is a text, which looks like the right choice. */
function quotedNumber(choices: NonNullable<Schema["enum"]>, tree: Tree): Trouble | undefined {
  const text = textOf(tree);
  const meant = choices.find((choice) => typeof choice === "number" && String(choice) === text);
  if (meant === undefined) return undefined;
  return { code: "wrong_type", expected: ["number"], found: "text", example: String(meant) };
}

function unknownKey({ schema, name, suggest }: About): Trouble {
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
function notAlone({ tree }: About): PlacedProblem | undefined {
  if (tree.kind !== "map") return undefined;
  const other = [...tree.members.keys()].find((name) => name !== "file") ?? "";
  const place = tree.members.get("file")?.key ?? tree;
  return { place, trouble: { code: "not_together", name: "file", other } };
}

function keyOf({ tree, name }: About): Place {
  return (tree.kind === "map" ? tree.members.get(name)?.key : undefined) ?? tree;
}

function valueAt(root: Tree, path: readonly string[]): Tree | undefined {
  return path.reduce<Tree | undefined>((tree, step) => {
    if (tree?.kind === "list") return tree.items[Number(step)];
    return tree?.kind === "map" ? tree.members.get(step)?.value : undefined;
  }, root);
}
