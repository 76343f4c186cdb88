import type { Hunk } from "../diff/prompt-diff.ts";
import type { DrawnNode, GraphDrawing } from "../graph/drawing.ts";
import type { Line } from "../words/line.ts";

/**
 * The content of the HTML report as plain data: report writes the texts, the page draws them. Every text in it is
 * already masked and sanitized.
 */
export type PageData = {
  readonly command: PageCommand;
  /** The project and its server; empty if unknown. */
  readonly scope: string;
  readonly verdict: { readonly tone: Tone; readonly lines: readonly Line[] };
  /** Counts that the verdict does not contain. */
  readonly sums: readonly Sum[];
  /** What to look at first, the worst first. */
  readonly dangers: readonly PageDanger[];
  /** The agents by importance, then by key. */
  readonly agents: readonly PageAgent[];
  /** Left out if there are no handoffs. */
  readonly graph?: PageGraph;
  /** The steps that an apply would take, or has taken, in order. */
  readonly steps: { readonly title: string; readonly items: readonly (readonly Line[])[] };
};

export type PageCommand = "plan" | "drift" | "apply";

/** How much attention something needs. */
export type Tone = "good" | "plain" | "warning" | "error";

/** A count with its name. */
export type Sum = { readonly name: string; readonly count: number };

export type PageDanger = {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly Line[];
  /** More dangers of the same kind, folded away, each with its lines. */
  readonly more: readonly (readonly Line[])[];
  /** The positions of its agents in the list. */
  readonly agents: readonly number[];
};

/** The filters of agents besides the action. */
export type AgentFlag = "drift" | "conflict" | "failed";

export type PageAgent = {
  readonly key: string;
  readonly name: string;
  /** Empty for an agent that does not exist. */
  readonly id: string;
  readonly action: string;
  readonly tone: Tone;
  readonly flags: readonly AgentFlag[];
  /** What happens to it, in a few words. */
  readonly about: string;
  readonly remarks: readonly Line[];
  readonly changes: readonly PageChange[];
  readonly timeline: readonly Station[];
  /** The steps of an apply for it, in order. */
  readonly steps: readonly Line[];
};

/** One property that changes, in its most readable form. */
export type PageChange = {
  readonly path: string;
  readonly sign: "+" | "-" | "~";
  /** Who made the change, if that matters. */
  readonly origin: string;
  readonly value: PageValue;
};

export type PageValue =
  /** Short enough for one line; null means not set. */
  | { readonly kind: "short"; readonly before: string | null; readonly after: string | null }
  /** A text that is added or removed as a whole. */
  | { readonly kind: "whole"; readonly side: "added" | "removed"; readonly text: Excerpt }
  /** Two texts with too little in common to be compared. */
  | { readonly kind: "rewritten"; readonly before: Excerpt; readonly after: Excerpt }
  /** Changed lines with their context. */
  | { readonly kind: "diff"; readonly hunks: readonly Hunk[] };

/** The first lines of a text, and how many follow. */
export type Excerpt = { readonly lines: readonly string[]; readonly more: number };

/** A version of an agent, with the pointers to it. */
export type Station = {
  readonly version: string;
  readonly state: "stays" | "built" | "goes";
  /** A remark about the version, such as "newest". */
  readonly about: string;
  readonly pointers: readonly {
    readonly name: string;
    readonly move: "stays" | "leaves" | "arrives";
  }[];
  /** How many versions before this one are not shown. */
  readonly skipped: number;
};

/** The handoffs; without a drawing if there are too many. The note may be empty. */
export type PageGraph = { readonly drawing?: PageDrawing; readonly note: string };

export type PageDrawing = Omit<GraphDrawing, "nodes"> & {
  /** Each with the list position of its agent, if it is in the list. */
  readonly nodes: readonly (DrawnNode & { readonly agent?: number })[];
};
