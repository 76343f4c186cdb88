/** Why a saved plan cannot be read. */
export type PlanFault =
  | { readonly kind: "missing" }
  | { readonly kind: "not_a_plan" }
  /** Its seal is broken: not one byte may change. */
  | { readonly kind: "altered" }
  | { readonly kind: "other_tool"; readonly tool: string };
