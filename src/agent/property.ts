import type { Json } from "./json.ts";

/**
 * How a value behaves: what it may be, when two are the same, how it is cleared.
 * Behaviour lives with the kinds; the tables only name them.
 */
export type Kind =
  /** One line of text. */
  | { readonly kind: "text"; readonly minLength?: number; readonly pattern?: string }
  /** Text of many lines: CRLF is LF, white space at the end is no difference, shown as a text diff. */
  | { readonly kind: "prose" }
  | {
      readonly kind: "number";
      readonly integer?: true;
      readonly minimum?: number;
      readonly maximum?: number;
    }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly of: readonly string[] }
  /** One text or several; one text is the same as a list of it. */
  | { readonly kind: "texts" }
  /** Texts whose order says nothing. Ids are compared without regard to case. */
  | { readonly kind: "set"; readonly of: "names" | "ids"; readonly minItems?: number }
  | { readonly kind: "list"; readonly of: Kind }
  | { readonly kind: "record"; readonly rows: readonly Property[] }
  /** A record whose member `by` tells which rows it has. */
  | {
      readonly kind: "variant";
      readonly by: string;
      readonly cases: { readonly [tag: string]: readonly Property[] };
    }
  /** A list of variants known by their tag and, where a case has one, by the member named here. */
  | {
      readonly kind: "toolbox";
      readonly of: Kind & { readonly kind: "variant" };
      readonly named: { readonly [tag: string]: readonly string[] };
      /** Tags of the built-in tools: an agent with one of them cannot be made to call a tool. */
      readonly builtIn: readonly string[];
    }
  /** JSON that is kept as written; only the order of keys says nothing. */
  | { readonly kind: "json" }
  /** Write-only text: held as a reference, never compared, never shown. */
  | { readonly kind: "secret" }
  /** A map of which only the declared names are ours. With `numbers`, a template may stand for a number there. */
  | { readonly kind: "labels"; readonly numbers?: true }
  /** Agents by key or id, in order. */
  | { readonly kind: "handoffs" };

/** The kinds whose values are taken as they are, without a look inside. */
type PlainKind = Extract<
  Kind,
  { kind: "text" | "prose" | "number" | "flag" | "choice" | "texts" | "set" | "json" }
>;

const plainKinds: { readonly [Name in PlainKind["kind"]]: true } = {
  text: true,
  prose: true,
  number: true,
  flag: true,
  choice: true,
  texts: true,
  set: true,
  json: true,
};

/** Whether a value of this kind is a whole of its own. */
export function isPlain(kind: Kind): kind is PlainKind {
  return Object.hasOwn(plainKinds, kind.kind);
}

/** The rows of a variant's case; undefined for a tag that the table does not know, such as `constructor`. */
export function rowsOfCase(
  { cases }: Kind & { readonly kind: "variant" },
  tag: Json | undefined,
): readonly Property[] | undefined {
  return typeof tag === "string" && Object.hasOwn(cases, tag) ? cases[tag] : undefined;
}

/** The rows one level below a kind, of all its cases. */
export function rowsInside(kind: Kind): readonly Property[] {
  if (isPlain(kind)) return [];
  switch (kind.kind) {
    case "record":
      return kind.rows;
    case "variant":
      return Object.values(kind.cases).flat();
    case "list":
    case "toolbox":
      return rowsInside(kind.of);
    case "secret":
    case "labels":
    case "handoffs":
      return [];
  }
}

/** One row of a field table: a property of an agent, of a tool or of a guardrail. */
export type Property = {
  /** Its name in agents.yaml and on the wire, which are the same. */
  readonly name: string;
  readonly kind: Kind;
  /** One sentence for editors and the reference page. */
  readonly doc: string;
  /**
   * What the server echoes when nothing is set, which is also what clears it.
   * A row without it is required.
   */
  readonly unset?: Json;
  /** What clears it on servers that take null for "leave it as it is"; none where nothing does. */
  readonly emptied?: Json;
  /** Empty is a value of its own: `include: []` is not the same as no `include`. */
  readonly keepsEmpty?: true;
  /** Compared and sent only where the definition has it: the server's own value stands otherwise. */
  readonly onlyWhenDeclared?: true;
  /** The server may leave it out of its answers. */
  readonly mayBeHidden?: true;
  /** The server refuses it in a create request. */
  readonly notOnCreate?: true;
  readonly examples?: readonly Json[];
};
