import { element } from "./element.ts";

/** The anchor of an agent. */
export function agentAnchor(at: number): string {
  return `agent-${at}`;
}

/** A link that opens an agent in the list, each time it is followed. */
export function agentLink(at: number, text: string, open: (at: number) => void): HTMLElement {
  const link = element("a", { href: `#${agentAnchor(at)}` }, element("bdi", {}, text));
  link.addEventListener("click", () => open(at));
  return link;
}
