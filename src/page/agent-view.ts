import type { PageAgent } from "../report/html/data.ts";
import { agentAnchor } from "./agent-link.ts";
import { changeView } from "./change-view.ts";
import type { DiffLayout } from "./diff-view.ts";
import { element } from "./element.ts";
import { linesView } from "./line-view.ts";
import { timelineView } from "./timeline-view.ts";

/** An agent in the list: a line that opens, and its details once it was opened. */
export type AgentView = {
  readonly agent: PageAgent;
  readonly item: HTMLLIElement;
  readonly details: HTMLDetailsElement;
  readonly summary: HTMLElement;
  /** Makes the details, in a layout; before that they are empty. */
  readonly build: (layout: DiffLayout) => void;
};

/** A closed agent. Its details are made later, so that a thousand agents cost little. */
export function agentView(agent: PageAgent, at: number): AgentView {
  const summary = summaryView(agent);
  const body = element("div", { class: "body" });
  const details = element("details", { id: agentAnchor(at) }, summary, body);
  const item = element("li", { class: `agent ${agent.tone}`, role: "listitem" }, details);
  let built: DiffLayout | undefined;
  return {
    agent,
    item,
    details,
    summary,
    build: (layout) => {
      if (built === layout) return;
      built = layout;
      body.replaceChildren(...bodyView(agent, layout));
    },
  };
}

function summaryView({ key, name, action, flags, about, changes }: PageAgent): HTMLElement {
  const count = changes.length === 1 ? "1 property" : `${changes.length} properties`;
  return element(
    "summary",
    {},
    element("span", { class: `badge ${action.replace(" ", "-")}` }, action),
    element("h3", {}, element("bdi", {}, key)),
    name === "" ? undefined : element("bdi", { class: "name" }, name),
    ...flags.map((flag) => element("span", { class: `badge ${flag}` }, flag)),
    element("span", { class: "about" }, about),
    changes.length === 0 ? undefined : element("span", { class: "count" }, count),
  );
}

function bodyView(agent: PageAgent, layout: DiffLayout): readonly HTMLElement[] {
  const { id, remarks, changes, timeline, steps } = agent;
  return [
    ...(id === "" ? [] : [element("p", { class: "faint" }, element("code", { dir: "auto" }, id))]),
    ...linesView(remarks),
    ...(timeline.length === 0 ? [] : [element("h4", {}, "Versions"), timelineView(timeline)]),
    ...(steps.length === 0 ? [] : [element("h4", {}, "What happened"), ...linesView(steps)]),
    ...changes.map((change) => changeView(change, layout)),
    ...(changes.length === 0 ? [element("p", { class: "faint" }, "No property changes.")] : []),
  ];
}
