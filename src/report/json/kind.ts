/** The kinds of JSON documents, each with a shape of its own, whether the command succeeds or fails. */
export type JsonKind = "plan" | "drift" | "report" | "output" | "result";
