import type { PageAgent } from "../report/html/data.ts";
import { type AgentView, agentView } from "./agent-view.ts";
import type { DiffLayout } from "./diff-view.ts";
import { element } from "./element.ts";
import { hasWords, isBelow, passes, type Query, type SearchText, searchText } from "./search.ts";
import { markWords } from "./search-marks.ts";
import { searchOpenings } from "./search-openings.ts";

/** The list of agents and its operations. */
export type AgentList = {
  readonly root: HTMLElement;
  /** Shows the agents that match, marks and scrolls to the matches, and gives the counts. */
  readonly show: (query: Query) => Found;
  readonly layOut: (layout: DiffLayout) => void;
  /** Opens an agent by its index, shown or not, and scrolls to it. */
  readonly open: (at: number) => void;
  /** Opens or closes all shown agents. */
  readonly openAll: (open: boolean) => void;
  /** Opens all shown agents in one column, for printing; call the returned function to restore them. */
  readonly unfold: () => () => void;
  /** Moves the focus by this many shown agents; to the first one if the focus is outside the list. */
  readonly step: (by: number) => void;
  /** Closes the agent that has the focus. */
  readonly close: () => boolean;
};

/** How many agents are shown, and how many matching ones a filter hides. */
export type Found = { readonly shown: number; readonly filtered: number };

/** For longer lists a browser should lay out only what is near its window. */
const many = 100;

/** All agents are in the list from the start; their details are made when they are opened. */
export function agentList(agents: readonly PageAgent[], start: DiffLayout): AgentList {
  const views = agents.map(agentView);
  const textOf = searchTexts();
  let layout = start;
  let words: readonly string[] = [];
  const mark = () => markWords(words.length === 0 ? [] : views.filter(isShown).map(itemOf), words);
  const build = (view: AgentView) => view.build(layout);
  const openings = searchOpenings(build);
  for (const view of views) {
    // A click, also by Enter, comes before the agent opens, so that its details are never seen empty.
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

/** The searchable text of each agent, made once. */
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
