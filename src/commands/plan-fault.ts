/** Why a saved plan cannot be read. */
export type PlanFault =
  | { readonly kind: "missing" }
  | { readonly kind: "not_a_plan" }
  /** The plan was changed after it was saved: its digest does not match. */
  | { readonly kind: "altered" }
  | { readonly kind: "other_tool"; readonly tool: string };
