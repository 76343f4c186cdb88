import { excerpt } from "./excerpt.ts";
import type { Problem, ProblemKind } from "./problem.ts";
import { positionOf, type SourceRange } from "./source-text.ts";
import { boundedSuggest, type Suggest } from "./suggest.ts";

/** Reports a problem at a range of a file. */
export type ReportProblem = (range: SourceRange, problem: ProblemKind) => void;

/** Collects the problems that are found while a configuration is loaded. */
export type ProblemLog = {
  readonly report: ReportProblem;
  readonly suggest: Suggest;
  /** The problems reported, by file in the given order, then line and column; each thing once. */
  problems(files: readonly string[]): readonly Problem[];
};

/** Problems about a secret that is written in a file: showing the line would show the secret. */
const inTheOpen: ReadonlySet<ProblemKind["code"]> = new Set(["literal_secret", "looks_like_key"]);

/** An empty log. */
export function problemLog(): ProblemLog {
  const reported = new Map<string, Problem>();
  return {
    report(range, problem) {
      const at = positionOf(range);
      const what = "name" in problem ? problem.name : "";
      const identity = JSON.stringify([at.file, at.line, at.column, problem.code, what]);
      if (reported.has(identity)) return;
      reported.set(identity, {
        ...problem,
        at,
        ...(inTheOpen.has(problem.code) ? {} : excerpt(range)),
      });
    },
    suggest: boundedSuggest(),
    problems(files) {
      const order = new Map(files.map((file, at) => [file, at]));
      const rank = ({ at }: Problem) => order.get(at.file) ?? files.length;
      return [...reported.values()].sort(
        (a, b) => rank(a) - rank(b) || a.at.line - b.at.line || a.at.column - b.at.column,
      );
    },
  };
}
