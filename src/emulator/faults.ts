import { isObject, type Json, type JsonObject } from "./json.ts";
import { nearest } from "./nearest.ts";

/** The requests that a fault applies to. Without `method` and `path` it applies to every request. */
type Aim = {
  readonly method?: string;
  /** A regular expression, tested on path and query. */
  readonly path?: string;
  /** How many matching requests pass first. */
  readonly skip?: number;
  /** How often the fault applies: once by default; null means every time. */
  readonly times?: number | null;
};

/** What goes wrong. Effects that "commit" carry out the request first. */
type Effect =
  | {
      readonly effect?: "status";
      readonly status: number;
      readonly retry_after?: string;
      /** A string is sent as plain text, any other value as JSON. */
      readonly body?: Json;
      readonly after_commit?: true;
    }
  | PlainEffect
  | {
      readonly effect: "late_commit";
      /** The request is carried out after this many further requests. */
      readonly after: number;
    }
  | {
      readonly effect: "alter";
      /** Fields of the body that the server replaces. */
      readonly set: JsonObject;
    };

type PlainEffect = {
  [Name in keyof typeof plainEffects]: { readonly effect: Name };
}[keyof typeof plainEffects];

/** A fault of the emulator. It is plain data, so that it can be given as `--fault '{…}'`. */
export type Fault = Aim & Effect;

/** The effects without further members. */
const plainEffects = {
  lose_answer: "commits, then destroys the connection",
  lose_request: "destroys the connection without committing",
  hang: "never answers and does not commit",
  hang_after_commit: "commits and never answers",
  cut_body: "commits and answers with half of the JSON",
  repeat_cursor: "a page names itself as the next page",
  cut_page: "a page loses its last item and its token",
  not_json: "answers 200 with HTML, without committing",
} as const;

const effects = ["status", ...Object.keys(plainEffects), "late_commit", "alter"];

/** The type of each member of a fault; the text completes "must be …". */
const members: Readonly<Record<string, readonly [what: string, is: (value: Json) => boolean]>> = {
  method: ["an HTTP method", (value) => typeof value === "string"],
  path: ["a regular expression", (value) => typeof value === "string" && isPattern(value)],
  skip: ["a whole number", (value) => isCount(value, 0)],
  times: [
    "a whole number from 1, or null for no limit",
    (value) => value === null || isCount(value, 1),
  ],
  effect: [`one of ${effects.join(", ")}`, (value) => effects.includes(String(value))],
  status: ["a status from 200 to 599", (value) => isCount(value, 200) && Number(value) < 600],
  retry_after: ["a text", (value) => typeof value === "string"],
  body: ["JSON", () => true],
  after_commit: ["true or left out", (value) => value === true],
  after: ["a whole number from 1", (value) => isCount(value, 1)],
  set: ["an object of fields", isObject],
};

const aims = ["method", "path", "skip", "times", "effect"];

/** The members that an effect may have, and those that it needs, besides the aim. */
function membersOf(effect: string): {
  readonly needs: readonly string[];
  readonly may: readonly string[];
} {
  if (effect === "status") {
    return { needs: ["status"], may: ["retry_after", "body", "after_commit"] };
  }
  if (effect === "late_commit") return { needs: ["after"], may: [] };
  return { needs: effect === "alter" ? ["set"] : [], may: [] };
}

/** Reads one fault. Throws an Error that describes the first mistake. */
export function parseFault(text: string): Fault {
  const fault = parseObject(text);
  for (const [name, value] of Object.entries(fault)) {
    const rule = Object.hasOwn(members, name) ? members[name] : undefined;
    if (rule === undefined) throw new Error(unknownMember(name));
    const [what, isRight] = rule;
    if (!isRight(value)) {
      throw new Error(`"${name}" of a fault must be ${what}.${meant(name, value)}`);
    }
  }
  const effect = String(fault.effect ?? "status");
  const { needs, may } = membersOf(effect);
  const missing = needs.find((name) => fault[name] === undefined);
  if (missing !== undefined) {
    throw new Error(`A fault with the effect "${effect}" needs "${missing}"${orAnEffect(fault)}.`);
  }
  const extra = Object.keys(fault).find((name) => ![...aims, ...needs, ...may].includes(name));
  if (extra !== undefined) {
    throw new Error(`A fault with the effect "${effect}" has no "${extra}".`);
  }
  // Every member was checked against the tables above.
  return fault as Fault;
}

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Text that is not JSON gets the same error as a JSON list.
  }
  throw new Error(
    `A fault must be a JSON object such as {"method":"PATCH","status":503}, got ${text}.`,
  );
}

function unknownMember(name: string): string {
  const near = nearest(name, Object.keys(members));
  const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
  return `A fault has no "${name}".${hint} It may have: ${Object.keys(members).join(", ")}.`;
}

function meant(name: string, value: Json): string {
  const near = name === "effect" ? nearest(String(value), effects) : undefined;
  return near === undefined ? "" : ` Did you mean ${near}?`;
}

function orAnEffect(fault: JsonObject): string {
  return fault.effect === undefined ? `, or an "effect": ${effects.slice(1).join(", ")}` : "";
}

function isCount(value: Json, least: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least;
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source);
    return true;
  } catch {
    return false;
  }
}
