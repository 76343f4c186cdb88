import type { PageData } from "../report/html/data.ts";
import { agentAnchor } from "./agent-link.ts";
import { type AgentsView, agentsView } from "./agents-view.ts";
import { toggle } from "./choice.ts";
import { element } from "./element.ts";
import { graphView } from "./graph-view.ts";
import { keys, listenToKeys } from "./keyboard.ts";
import { unfoldForPrint } from "./print.ts";
import { stepsView } from "./steps-view.ts";
import { dangersView, verdictView } from "./summary-view.ts";
import { themeSwitch } from "./theme.ts";

start(JSON.parse(document.getElementById("page-data")?.textContent ?? "null") as PageData);

/** Draws the report and handles events. */
function start(data: PageData): void {
  const agents = data.agents.length === 0 ? undefined : agentsView(data.agents);
  const steps = stepsView(data.steps);
  const open = (at: number) => agents?.list.open(at);
  const graph = data.graph === undefined ? undefined : graphView(data.graph, open);
  const parts = [verdictView(data), dangersView(data, open), agents?.root, graph, steps?.root];
  document.body.prepend(
    element("a", { class: "skip", href: "#main" }, "Skip to the report"),
    header(data),
    element("main", { id: "main", tabindex: -1 }, ...parts),
  );
  const unfolds = [agents?.list.unfold, steps?.unfold].filter((each) => each !== undefined);
  unfoldForPrint(() => {
    const folds = unfolds.map((unfold) => unfold());
    return () => {
      for (const fold of folds) fold();
    };
  });
  if (agents === undefined) return;
  document.body.append(footer(agents));
  openLinked(open, data.agents.length);
}

function header({ command, scope }: PageData): HTMLElement {
  const title = element("h1", {}, `agentvane ${command}`);
  if (scope !== "") title.append(": ", element("bdi", {}, scope));
  return element("header", {}, title, themeSwitch());
}

function footer(agents: AgentsView): HTMLElement {
  let areOn = true;
  listenToKeys(agents, () => areOn);
  return element(
    "footer",
    { class: "control" },
    element("h2", {}, "Keys"),
    element(
      "dl",
      {},
      ...keys.flatMap(([key, does]) => [
        element("dt", {}, ...key.split(" ").map((each) => element("kbd", {}, each))),
        element("dd", {}, does),
      ]),
    ),
    toggle("Letter shortcuts", true, (on) => {
      areOn = on;
    }),
  );
}

/** A link to an agent opens it, also when the page is opened with such a link. */
function openLinked(open: (at: number) => void, count: number): void {
  const anchors = new Map(Array.from({ length: count }, (_, at) => [`#${agentAnchor(at)}`, at]));
  const follow = () => {
    const at = anchors.get(location.hash);
    if (at !== undefined) open(at);
  };
  addEventListener("hashchange", follow);
  follow();
}
