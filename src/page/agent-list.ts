import type { PageAgent } from "../report/html-data.ts";
import { type AgentView, agentView } from "./agent-view.ts";
import type { DiffLayout } from "./diff-view.ts";
import { element } from "./element.ts";
import { matches, type Query, searchText } from "./search.ts";

/** The agents as a list, and what can be done with it. */
export type AgentList = {
  readonly root: HTMLElement;
  /** Shows the agents that are asked for and tells how many they are. */
  readonly show: (query: Query) => number;
  readonly layOut: (layout: DiffLayout) => void;
  /** Opens an agent by its place, shown or not, and goes there. */
  readonly open: (at: number) => void;
  /** Opens or closes all that are shown. */
  readonly openAll: (open: boolean) => void;
  /** Opens all that are shown in one column, for paper; gives what makes it as it was. */
  readonly unfold: () => () => void;
  /** Goes to the shown agent that is so many further down; to the first one from outside. */
  readonly step: (by: number) => void;
  /** Closes the agent that somebody is in. */
  readonly close: () => boolean;
};

/** Above this a browser should lay out only what is near its window. */
const many = 100;

/** Every agent is in the list from the beginning; what is below its line is made when it is opened. */
export function agentList(agents: readonly PageAgent[], start: DiffLayout): AgentList {
  const views = agents.map(agentView);
  const texts: string[] = [];
  const textOf = (at: number, agent: PageAgent) => {
    texts[at] ??= searchText(agent);
    return texts[at];
  };
  let layout = start;
  // A click, which Enter is as well, comes before it opens: nobody sees it empty.
  for (const { summary, build } of views) summary.addEventListener("click", () => build(layout));
  const openView = ({ details, build }: AgentView) => {
    build(layout);
    details.open = true;
  };
  return {
    root: element(
      "ul",
      { class: agents.length > many ? "agents many" : "agents", role: "list" },
      ...views.map(({ item }) => item),
    ),
    show: (query) => {
      views.forEach(({ item, agent }, at) => {
        item.hidden = !matches(query, agent, () => textOf(at, agent));
      });
      return views.filter(isShown).length;
    },
    layOut: (wanted) => {
      layout = wanted;
      for (const { details, build } of views) if (details.open) build(layout);
    },
    open: (at) => {
      const view = views[at];
      if (view === undefined) return;
      view.item.hidden = false;
      openView(view);
      goTo(view);
    },
    openAll: (open) => {
      for (const view of views.filter(isShown)) {
        if (open) openView(view);
        else view.details.open = false;
      }
    },
    unfold: () => {
      const opened = views.filter((view) => isShown(view) && !view.details.open);
      for (const { details, build } of views.filter(isShown)) {
        build("unified");
        details.open = true;
      }
      return () => {
        for (const { details } of opened) details.open = false;
        for (const { details, build } of views) if (details.open) build(layout);
      };
    },
    step: (by) => {
      const shown = views.filter(isShown);
      const here = shown.findIndex(({ item }) => item.contains(document.activeElement));
      const next = here < 0 ? shown[0] : shown[here + by];
      if (next !== undefined) goTo(next);
    },
    close: () => {
      const here = views.find(({ item }) => item.contains(document.activeElement));
      if (here === undefined || !here.details.open) return false;
      here.details.open = false;
      goTo(here);
      return true;
    },
  };
}

function isShown({ item }: AgentView): boolean {
  return !item.hidden;
}

function goTo({ summary }: AgentView): void {
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "nearest" });
}
