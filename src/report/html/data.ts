import type { Hunk } from "../diff/prompt-diff.ts";
import type { DrawnNode, GraphDrawing } from "../graph/drawing.ts";
import type { Line } from "../words/line.ts";

/**
 * What the HTML report shows, as plain data: report puts it into words, the page draws it. Every text in it is
 * masked and harmless already.
 */
export type PageData = {
  readonly command: PageCommand;
  /** The project, and the server it is on; empty when that was never found out. */
  readonly scope: string;
  readonly verdict: { readonly tone: Tone; readonly lines: readonly Line[] };
  /** Counts that the verdict does not name. */
  readonly sums: readonly Sum[];
  /** What a person should look at before anything else, the worst first. */
  readonly dangers: readonly PageDanger[];
  /** The agents that deserve a look first, then the others; in each group by key. */
  readonly agents: readonly PageAgent[];
  /** Left out where nobody hands off to anybody. */
  readonly graph?: PageGraph;
  /** What an apply would do, or what it did, in order. */
  readonly steps: { readonly title: string; readonly items: readonly (readonly Line[])[] };
};

export type PageCommand = "plan" | "drift" | "apply";

/** How much something deserves a look. */
export type Tone = "good" | "plain" | "warning" | "error";

/** A count under its name. */
export type Sum = { readonly name: string; readonly count: number };

export type PageDanger = {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly Line[];
  /** What is folded away: more of the same kind, each with its lines. */
  readonly more: readonly (readonly Line[])[];
  /** The agents it is about, by their place in the list. */
  readonly agents: readonly number[];
};

/** What an agent can be filtered by besides its action. */
export type AgentFlag = "drift" | "conflict" | "failed";

export type PageAgent = {
  readonly key: string;
  readonly name: string;
  /** Empty for an agent that does not exist. */
  readonly id: string;
  readonly action: string;
  readonly tone: Tone;
  readonly flags: readonly AgentFlag[];
  /** What becomes of it, in a few words. */
  readonly about: string;
  readonly remarks: readonly Line[];
  readonly changes: readonly PageChange[];
  readonly timeline: readonly Station[];
  /** What an apply did to it, in order. */
  readonly steps: readonly Line[];
};

/** One property that changes, in the form in which it is read best. */
export type PageChange = {
  readonly path: string;
  readonly sign: "+" | "-" | "~";
  /** Whose change it is, where that is worth a word. */
  readonly origin: string;
  readonly value: PageValue;
};

export type PageValue =
  /** Short enough for one line; null is not set. */
  | { readonly kind: "short"; readonly before: string | null; readonly after: string | null }
  /** A text that comes or goes as a whole. */
  | { readonly kind: "whole"; readonly side: "added" | "removed"; readonly text: Excerpt }
  /** Two texts that have too little in common to be compared. */
  | { readonly kind: "rewritten"; readonly before: Excerpt; readonly after: Excerpt }
  /** Changed lines with the lines around them. */
  | { readonly kind: "diff"; readonly hunks: readonly Hunk[] };

/** The beginning of a text, and how many more lines it has. */
export type Excerpt = { readonly lines: readonly string[]; readonly more: number };

/** A version of an agent, and what points at it. */
export type Station = {
  readonly version: string;
  readonly state: "stays" | "built" | "goes";
  /** What the version is besides its number, such as the newest one. */
  readonly about: string;
  readonly pointers: readonly {
    readonly name: string;
    readonly move: "stays" | "leaves" | "arrives";
  }[];
  /** How many versions between the one before and this one are not shown. */
  readonly skipped: number;
};

/** Who hands off to whom; without a drawing where there are too many, and a remark, or none. */
export type PageGraph = { readonly drawing?: PageDrawing; readonly note: string };

export type PageDrawing = Omit<GraphDrawing, "nodes"> & {
  /** Each with the place of its agent in the list, if it is there. */
  readonly nodes: readonly (DrawnNode & { readonly agent?: number })[];
};
