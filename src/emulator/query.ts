import { type Detail, unprocessable } from "./answers.ts";
import { isObject, type JsonObject, parseJson } from "./json.ts";

/** A symbol, so that no JSON value of a client can equal an error. */
const complaint = Symbol("complaint");

type Complaint = { readonly [complaint]: Pick<Detail, "type" | "msg" | "ctx"> };
type Reader<Value> = (given: readonly string[]) => Value | Complaint;
type Read<Of> = Of extends Reader<infer Value> ? Exclude<Value, Complaint> : never;

/** Reads query parameters, or throws one 422 that lists all errors. Unknown parameters are ignored. */
export function readQuery<Fields extends Readonly<Record<string, Reader<unknown>>>>(
  url: string,
  fields: Fields,
): { readonly [Name in keyof Fields]: Read<Fields[Name]> } {
  const query = new URL(url).searchParams;
  const details: Detail[] = [];
  const values = Object.entries(fields).map(([name, reader]) => {
    const given = query.getAll(name);
    const value = reader(given);
    if (isComplaint(value)) {
      details.push({ ...value[complaint], loc: ["query", name], input: given[0] ?? null });
    }
    return [name, value];
  });
  if (details.length > 0) throw unprocessable(details);
  // The readers returned exactly these values, name by name.
  return Object.fromEntries(values);
}

/** A whole number within limits; the default if the parameter is missing. */
export function wholeNumber(limits: {
  readonly min: number;
  readonly max?: number;
  readonly otherwise: number;
}): Reader<number> {
  return ([given]) => {
    if (given === undefined) return limits.otherwise;
    if (!/^-?\d{1,15}$/.test(given)) return complaintOf("int_parsing", notWhole);
    const value = Number(given);
    if (value < limits.min) {
      const msg = `Input should be greater than or equal to ${limits.min}`;
      return complaintOf("greater_than_equal", msg, { ge: limits.min });
    }
    if (limits.max !== undefined && value > limits.max) {
      const msg = `Input should be less than or equal to ${limits.max}`;
      return complaintOf("less_than_equal", msg, { le: limits.max });
    }
    return value;
  };
}

/** A version number, required. */
export const requiredVersion: Reader<number> = ([given]) => {
  if (given === undefined) return complaintOf("missing", "Field required");
  return /^-?\d{1,15}$/.test(given) ? Number(given) : complaintOf("int_parsing", notWhole);
};

/** The name of an alias, required (Mistral API reference, PUT aliases). */
export const requiredAlias: Reader<string> = ([given]) => {
  if (given === undefined) return complaintOf("missing", "Field required");
  if (given.length > 64) {
    return complaintOf("string_too_long", "String should have at most 64 characters", {
      max_length: 64,
    });
  }
  const pattern = "^[a-z]([a-z0-9_-]*[a-z0-9])?$";
  return new RegExp(pattern).test(given)
    ? given
    : complaintOf("string_pattern_mismatch", `String should match pattern '${pattern}'`, {
        pattern,
      });
};

/** An optional string. */
export const optionalText: Reader<string | undefined> = ([given]) => given;

/** An optional boolean. */
export const optionalFlag: Reader<boolean | undefined> = ([given]) => {
  if (given === undefined) return undefined;
  if (given === "true" || given === "1") return true;
  if (given === "false" || given === "0") return false;
  return complaintOf("bool_parsing", "Input should be a valid boolean, unable to interpret input");
};

/** A repeated parameter with values of a list; undefined if missing. */
export function someOf(allowed: readonly string[]): Reader<readonly string[] | undefined> {
  const expected = allowed.map((value) => `'${value}'`).join(", ");
  return (given) => {
    if (given.length === 0) return undefined;
    return given.every((value) => allowed.includes(value))
      ? given
      : complaintOf("enum", `Input should be ${expected}`, { expected });
  };
}

/** An optional JSON object, encoded as one value. */
export const optionalJsonObject: Reader<JsonObject | undefined> = ([given]) => {
  if (given === undefined) return undefined;
  const value = parseJson(given);
  return isObject(value) ? value : complaintOf("dict_type", "Input should be a valid dictionary");
};

const notWhole = "Input should be a valid integer, unable to parse string as an integer";

function complaintOf(type: string, msg: string, ctx?: NonNullable<Detail["ctx"]>): Complaint {
  return { [complaint]: { type, msg, ...(ctx !== undefined && { ctx }) } };
}

function isComplaint(value: unknown): value is Complaint {
  return typeof value === "object" && value !== null && complaint in value;
}
