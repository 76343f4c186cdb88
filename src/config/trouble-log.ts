import { excerpt } from "./excerpt.ts";
import type { Problem, Trouble } from "./problem.ts";
import { type Place, positionOf } from "./source-text.ts";
import { boundedSuggest, type Suggest } from "./suggest.ts";

/** Tells a trouble at a place. */
export type Tell = (place: Place, trouble: Trouble) => void;

/** Collects what is wrong while a configuration is loaded. */
export type TroubleLog = {
  readonly tell: Tell;
  readonly suggest: Suggest;
  /** What was told, by file in the given order, then line and column; each thing once. */
  problems(files: readonly string[]): readonly Problem[];
};

/** What is about a secret that stands in a file: showing its line would show it. */
const inTheOpen: ReadonlySet<Trouble["code"]> = new Set(["literal_secret", "looks_like_key"]);

/** An empty log. */
export function troubleLog(): TroubleLog {
  const told = new Map<string, Problem>();
  return {
    tell(place, trouble) {
      const at = positionOf(place);
      const what = "name" in trouble ? trouble.name : "";
      const identity = JSON.stringify([at.file, at.line, at.column, trouble.code, what]);
      if (told.has(identity)) return;
      told.set(identity, {
        ...trouble,
        at,
        ...(inTheOpen.has(trouble.code) ? {} : excerpt(place)),
      });
    },
    suggest: boundedSuggest(),
    problems(files) {
      const order = new Map(files.map((file, at) => [file, at]));
      const rank = ({ at }: Problem) => order.get(at.file) ?? files.length;
      return [...told.values()].sort(
        (a, b) => rank(a) - rank(b) || a.at.line - b.at.line || a.at.column - b.at.column,
      );
    },
  };
}
