import type { AgentView } from "./agent-view.ts";

/** Most agents that a search opens. */
const mostOpened = 20;

/** The agents that a search has opened and will close at the next search. */
export type SearchOpenings = {
  /** Opens these agents, unless there are too many, and closes those that an earlier search opened. */
  readonly open: (wanted: readonly AgentView[]) => void;
  /** Leaves an agent open or closed as the user left it. */
  readonly leave: (view: AgentView) => void;
};

/** Starts with no open agent; `build` makes the details of an agent before it is opened. */
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
