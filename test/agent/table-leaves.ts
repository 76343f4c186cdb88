import type { Json, JsonObject } from "../../src/agent/json.ts";
import { isPlain, type Kind, type Property } from "../../src/agent/property.ts";

/** One property that the tables describe, at any depth, and how a definition has it. */
export type Leaf = {
  /** Such as `tools[connector].authorization.value`. */
  readonly name: string;
  readonly row: Property;
  /** Where it stands in a definition and in a body. */
  readonly steps: readonly (string | number)[];
  /** Members of a definition with this value; with undefined, all that stands around it. */
  readonly within: (value: Json | undefined) => JsonObject;
  /** Two values of its kind, neither of them unset. */
  readonly values: readonly [Json, Json];
};

/** Every leaf of these rows: nothing in the tables is left out, and nothing has to be written down for a new row. */
export function leavesOf(rows: readonly Property[]): readonly Leaf[] {
  return rows.flatMap((row) => leavesIn(row, row.name, [row.name], (value) => member(row, value)));
}

type Within = (value: Json | undefined) => JsonObject;

function leavesIn(
  row: Property,
  name: string,
  steps: Leaf["steps"],
  within: Within,
): readonly Leaf[] {
  const { kind } = row;
  if (isPlain(kind) || ["secret", "labels", "handoffs"].includes(kind.kind)) {
    return [{ name, row, steps, within, values: valuesOf(row) }];
  }
  return inside(kind, name, steps, within);
}

function inside(kind: Kind, name: string, steps: Leaf["steps"], within: Within): readonly Leaf[] {
  switch (kind.kind) {
    case "record":
      return kind.rows.flatMap((row) => {
        const around = required(kind.rows, row);
        return leavesIn(row, `${name}.${row.name}`, [...steps, row.name], (value) =>
          within({ ...around, ...member(row, value) }),
        );
      });
    case "variant":
      return Object.entries(kind.cases).flatMap(([tag, rows]) =>
        rows.flatMap((row) => {
          const around = { [kind.by]: tag, ...required(rows, row) };
          return leavesIn(row, `${name}[${tag}].${row.name}`, [...steps, row.name], (value) =>
            within({ ...around, ...member(row, value) }),
          );
        }),
      );
    case "list":
    case "toolbox":
      return inside(kind.of, name, [...steps, 0], (value) =>
        within(value === undefined ? undefined : [value]),
      );
    default:
      throw new Error(`a ${kind.kind} is a leaf of its own`);
  }
}

function member({ name }: Property, value: Json | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}

/** What has to be there besides a row. */
function required(rows: readonly Property[], but: Property): JsonObject {
  const needed = rows.filter((row) => row !== but && row.unset === undefined);
  return Object.fromEntries(needed.map((row) => [row.name, sample(row)]));
}

function sample(row: Property): Json {
  const { kind } = row;
  if (kind.kind !== "record") return valuesOf(row)[0];
  return Object.fromEntries(
    kind.rows.filter((each) => each.unset === undefined).map((each) => [each.name, sample(each)]),
  );
}

function valuesOf({ name, kind, unset }: Property): readonly [Json, Json] {
  switch (kind.kind) {
    case "text":
    case "prose":
      return [`${name} one`, `${name} two`];
    case "number":
      return kind.integer ? [3, 4] : [0.25, 0.5];
    case "flag":
      return unset === true ? [false, false] : [true, true];
    case "choice": {
      const [one, two = one] = kind.of.filter((each) => each !== unset);
      return [one ?? null, two ?? null];
    }
    case "texts":
    case "set":
      return [["one"], ["two"]];
    case "json":
      return [{ type: "object" }, { type: "object", title: "two" }];
    case "secret":
      return [{ secret: "ONE" }, { secret: "TWO" }];
    case "labels":
      return [{ team: "one" }, { team: "two" }];
    case "handoffs":
      return [[{ id: "ag_x" }], [{ id: "ag_y" }]];
    default:
      throw new Error(`a ${kind.kind} is no leaf`);
  }
}
