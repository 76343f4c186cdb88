import type { PageAgent } from "../report/html/data.ts";
import { type AgentList, agentList, type Found } from "./agent-list.ts";
import { choice, toggle } from "./choice.ts";
import type { DiffLayout } from "./diff-view.ts";
import { element } from "./element.ts";
import { wordsOf } from "./search.ts";

/** The list of agents with its search, filters and layout. */
export type AgentsView = {
  readonly root: HTMLElement;
  readonly list: AgentList;
  readonly search: HTMLInputElement;
  /** Clears the search; tells whether it was set. */
  readonly clear: () => boolean;
};

/** Side by side needs a wide window. */
const wide = "(min-width: 70rem)";

/** The part of the page with the agents. */
export function agentsView(agents: readonly PageAgent[]): AgentsView {
  const start: DiffLayout = matchMedia(wide).matches ? "split" : "unified";
  const list = agentList(agents, start);
  const search = element("input", {
    type: "search",
    id: "search",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "key, property, words of a prompt …",
  });
  const status = element("p", { class: "status", role: "status" });
  const [actions, flags] = [new Set<string>(), new Set<string>()];
  const refresh = () => {
    const found = list.show({ words: wordsOf(search.value), actions, flags });
    status.textContent = statusText(found, agents.length, search.value.trim() !== "");
  };
  search.addEventListener("input", refresh);
  refresh();
  const tools = element(
    "div",
    { class: "tools control" },
    element("label", { for: "search" }, "Search"),
    search,
    choice("Diffs", { unified: "Unified", split: "Side by side" }, start, list.layOut),
    button("Open all", () => list.openAll(true)),
    button("Close all", () => list.openAll(false)),
    filters("Action", actionCounts(agents), actions, refresh),
    filters("Problem", flagCounts(agents), flags, refresh),
  );
  const root = element(
    "section",
    { id: "agents", "aria-labelledby": "agents-title", tabindex: -1 },
    element("h2", { id: "agents-title" }, "Agents"),
    tools,
    status,
    list.root,
  );
  const clear = () => {
    if (search.value === "") return false;
    search.value = "";
    refresh();
    return true;
  };
  return { root, list, search, clear };
}

/** How many agents are shown, and how many matching agents the filters hide. */
function statusText({ shown, filtered }: Found, count: number, isSearched: boolean): string {
  const all = count === 1 ? "1 agent" : `${count} agents`;
  const hidden = isSearched && filtered > 0 ? `; the filters hide ${filtered} more` : "";
  return `${shown === count ? all : `${shown} of ${all}`}${hidden}`;
}

type Counts = ReadonlyMap<string, number>;

function actionCounts(agents: readonly PageAgent[]): Counts {
  return count(agents.map(({ action }) => action));
}

function flagCounts(agents: readonly PageAgent[]): Counts {
  return count(agents.flatMap(({ flags }) => flags));
}

function count(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function filters(
  label: string,
  counts: Counts,
  chosen: Set<string>,
  changed: () => void,
): HTMLElement | undefined {
  if (counts.size === 0) return undefined;
  const toggles = [...counts].map(([name, each]) =>
    toggle(`${name} ${each}`, false, (pressed) => {
      if (pressed) chosen.add(name);
      else chosen.delete(name);
      changed();
    }),
  );
  const title = element("span", { class: "faint" }, label);
  return element(
    "div",
    { class: "filters", role: "group", "aria-label": label },
    title,
    ...toggles,
  );
}

function button(text: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", press);
  return made;
}
