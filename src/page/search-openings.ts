import type { AgentView } from "./agent-view.ts";

/** Most agents that a search opens: more would only be scrolled past. */
const mostOpened = 20;

/** The agents that a search has opened, which it closes again when it looks for something else. */
export type SearchOpenings = {
  /** Opens those that are wanted and not too many, and closes those it had opened for an earlier search. */
  readonly open: (wanted: readonly AgentView[]) => void;
  /** Leaves an agent as a person has it. */
  readonly leave: (view: AgentView) => void;
};

/** Begins with none; `build` makes what is below the line of an agent before it is opened. */
export function searchOpenings(build: (view: AgentView) => void): SearchOpenings {
  const opened = new Set<AgentView>();
  return {
    open: (wanted) => {
      const now = new Set(wanted.slice(0, mostOpened));
      for (const view of [...opened].filter((each) => !now.has(each))) {
        view.details.open = false;
        opened.delete(view);
      }
      for (const view of now) {
        if (view.details.open) continue;
        build(view);
        view.details.open = true;
        opened.add(view);
      }
    },
    leave: (view) => void opened.delete(view),
  };
}
