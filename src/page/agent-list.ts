import type { PageAgent } from "../report/html/data.ts";
import { type AgentView, agentView } from "./agent-view.ts";
import type { DiffLayout } from "./diff-view.ts";
import { element } from "./element.ts";
import { hasWords, isBelow, passes, type Query, type SearchText, searchText } from "./search.ts";
import { markWords } from "./search-marks.ts";
import { searchOpenings } from "./search-openings.ts";

/** The agents as a list, and what can be done with it. */
export type AgentList = {
  readonly root: HTMLElement;
  /** Shows the agents that are asked for, with what was looked for marked and in sight, and tells how many they are. */
  readonly show: (query: Query) => Found;
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

/** How many agents are shown, and how many more have the words and are hidden by a filter. */
export type Found = { readonly shown: number; readonly filtered: number };

/** Above this a browser should lay out only what is near its window. */
const many = 100;

/** Every agent is in the list from the beginning; what is below its line is made when it is opened. */
export function agentList(agents: readonly PageAgent[], start: DiffLayout): AgentList {
  const views = agents.map(agentView);
  const textOf = searchTexts();
  let layout = start;
  let words: readonly string[] = [];
  const mark = () => markWords(words.length === 0 ? [] : views.filter(isShown).map(itemOf), words);
  const build = (view: AgentView) => view.build(layout);
  const openings = searchOpenings(build);
  for (const view of views) {
    // A click, which Enter is as well, comes before it opens: nobody sees it empty.
    view.summary.addEventListener("click", () => {
      openings.leave(view);
      build(view);
      mark();
    });
  }
  const openView = (view: AgentView) => {
    openings.leave(view);
    build(view);
    view.details.open = true;
  };
  return {
    root: element(
      "ul",
      { class: agents.length > many ? "agents many" : "agents", role: "list" },
      ...views.map(itemOf),
    ),
    show: (query) => {
      const found = views.filter(({ agent }) => hasWords(query, () => textOf(agent)));
      const shown = new Set(found.filter(({ agent }) => passes(query, agent)));
      for (const view of views) view.item.hidden = !shown.has(view);
      openings.open([...shown].filter(({ agent }) => isBelow(query, () => textOf(agent))));
      words = query.words;
      mark();
      return { shown: shown.size, filtered: found.length - shown.size };
    },
    layOut: (wanted) => {
      layout = wanted;
      views.filter(isOpen).forEach(build);
      mark();
    },
    open: (at) => {
      const view = views[at];
      if (view === undefined) return;
      view.item.hidden = false;
      openView(view);
      mark();
      goTo(view);
    },
    openAll: (open) => {
      for (const view of views.filter(isShown)) {
        if (open) openView(view);
        else view.details.open = false;
      }
      mark();
    },
    unfold: () => {
      const opened = views.filter((view) => isShown(view) && !isOpen(view));
      for (const { details, build: buildIn } of views.filter(isShown)) {
        buildIn("unified");
        details.open = true;
      }
      return () => {
        for (const { details } of opened) details.open = false;
        views.filter(isOpen).forEach(build);
        mark();
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
      if (here === undefined || !isOpen(here)) return false;
      openings.leave(here);
      here.details.open = false;
      goTo(here);
      return true;
    },
  };
}

/** What is searched of each agent, made once. */
function searchTexts(): (agent: PageAgent) => SearchText {
  const texts = new Map<PageAgent, SearchText>();
  return (agent) => {
    const known = texts.get(agent) ?? searchText(agent);
    texts.set(agent, known);
    return known;
  };
}

function itemOf({ item }: AgentView): HTMLElement {
  return item;
}

function isOpen({ details }: AgentView): boolean {
  return details.open;
}

function isShown({ item }: AgentView): boolean {
  return !item.hidden;
}

function goTo({ summary }: AgentView): void {
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "nearest" });
}
