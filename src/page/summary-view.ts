import type { PageDanger, PageData, Sum } from "../report/html/data.ts";
import { agentLink } from "./agent-link.ts";
import { element } from "./element.ts";
import { linesView, lineView } from "./line-view.ts";

/** Most agents of a danger that are linked directly. */
const mostLinks = 5;

/** The result of the run: the verdict and the counts. */
export function verdictView({ verdict, sums }: PageData): HTMLElement {
  return element(
    "section",
    { id: "summary", class: `verdict ${verdict.tone}`, "aria-labelledby": "summary-title" },
    element("h2", { id: "summary-title", class: "unseen" }, "Summary"),
    ...verdict.lines.map((line) => element("p", {}, lineView(line))),
    sums.length === 0 ? undefined : element("ul", { class: "sums" }, ...sums.map(sumView)),
  );
}

/** What to look at first, with links to its agents; undefined if there is nothing. */
export function dangersView(
  { dangers, agents }: PageData,
  open: (at: number) => void,
): HTMLElement | undefined {
  if (dangers.length === 0) return undefined;
  return element(
    "section",
    { id: "dangers", "aria-labelledby": "dangers-title" },
    element("h2", { id: "dangers-title" }, "Look at this first"),
    element(
      "ul",
      { class: "dangers" },
      ...dangers.map((danger) =>
        dangerView(danger, (at) => agentLink(at, agents[at]?.key ?? "", open)),
      ),
    ),
  );
}

function sumView({ name, count }: Sum): HTMLElement {
  return element("li", {}, element("strong", {}, String(count)), ` ${name}`);
}

function dangerView(danger: PageDanger, linkTo: (at: number) => HTMLElement): HTMLElement {
  const { tone, title, lines, more, agents } = danger;
  return element(
    "li",
    { class: `danger ${tone}` },
    element("h3", {}, title),
    ...linesView(lines),
    more.length === 0 ? undefined : folded(more.length, more.flatMap(linesView)),
    ...linksView(agents, linkTo),
  );
}

/** Links to the first few agents, with the others folded away, so that the list stays short. */
function linksView(
  agents: readonly number[],
  linkTo: (at: number) => HTMLElement,
): readonly HTMLElement[] {
  if (agents.length === 0) return [];
  const items = (some: readonly number[]) =>
    element("ul", { class: "links" }, ...some.map((at) => element("li", {}, linkTo(at))));
  const most = agents.length <= mostLinks + 1 ? agents.length : mostLinks;
  const rest = agents.slice(most);
  return [
    items(agents.slice(0, most)),
    ...(rest.length === 0 ? [] : [folded(rest.length, [items(rest)])]),
  ];
}

function folded(count: number, content: readonly HTMLElement[]): HTMLElement {
  return element(
    "details",
    { class: "more" },
    element("summary", {}, `and ${count} more`),
    ...content,
  );
}
