import type { ProblemCode, ProblemKind } from "../../config/problem.ts";
import { fileWordings } from "./file-problem.ts";
import type { ProblemText, ProblemWordings } from "./problem-wording.ts";
import { referenceWordings } from "./reference-problem.ts";
import { strictWordings } from "./strict-finding.ts";
import { templateWordings } from "./template-problem.ts";
import { valueWordings } from "./value-problem.ts";

const wordings: ProblemWordings<ProblemCode> = {
  ...fileWordings,
  ...valueWordings,
  ...templateWordings,
  ...referenceWordings,
  ...strictWordings,
};

/** The text of a problem of a configuration. */
export function problemText(problem: ProblemKind): ProblemText {
  const wording = wordings[problem.code] as (problem: ProblemKind) => ProblemText;
  return wording(problem);
}
