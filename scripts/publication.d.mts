/** Steps of a workflow that need neither the registry nor the action's repository. */
export const stepsFromTarball: string;
/** The text of a page with the texts about how to get agentvane between its markers. */
export function withPublication(page: string, forPublished?: boolean): string;
