/** The kinds of JSON documents. Each has its own shape, on success and on failure. */
export type JsonKind = "plan" | "drift" | "report" | "output" | "result";
