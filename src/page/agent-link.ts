import { element } from "./element.ts";

/** The place of an agent as the target of a link. */
export function agentAnchor(at: number): string {
  return `agent-${at}`;
}

/** A link to an agent in the list that opens it, however often it is followed. */
export function agentLink(at: number, text: string, open: (at: number) => void): HTMLElement {
  const link = element("a", { href: `#${agentAnchor(at)}` }, element("bdi", {}, text));
  link.addEventListener("click", () => open(at));
  return link;
}
