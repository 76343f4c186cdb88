import type { AgentsView } from "./agents-view.ts";

/** The keys and their descriptions. */
export const keys: readonly (readonly [string, string])[] = [
  ["/", "search"],
  ["j k", "the next or previous agent; in the list also ↑ ↓"],
  ["Enter", "open or close it"],
  ["Escape", "clear the search, or close the agent"],
];

/**
 * Handles keys. Letters work only outside text fields and while they are switched on, because they can disturb speech
 * input.
 */
export function listenToKeys(agents: AgentsView, lettersAreOn: () => boolean): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isDone =
      document.activeElement === agents.search
        ? pressedInSearch(event.key, agents)
        : pressedElsewhere(event.key, agents, lettersAreOn());
    if (isDone) event.preventDefault();
  });
}

function pressedInSearch(key: string, { list, search, clear }: AgentsView): boolean {
  switch (key) {
    case "Escape":
      if (!clear()) search.blur();
      return true;
    case "Enter":
    case "ArrowDown":
      list.step(1);
      return true;
    default:
      return false;
  }
}

function pressedElsewhere(key: string, { list, search }: AgentsView, letters: boolean): boolean {
  const isInList =
    document.activeElement?.tagName === "SUMMARY" && list.root.contains(document.activeElement);
  switch (key) {
    case "/":
      if (letters) search.focus();
      return letters;
    case "j":
      if (letters) list.step(1);
      return letters;
    case "k":
      if (letters) list.step(-1);
      return letters;
    case "ArrowDown":
      if (isInList) list.step(1);
      return isInList;
    case "ArrowUp":
      if (isInList) list.step(-1);
      return isInList;
    case "Escape":
      return list.close();
    default:
      return false;
  }
}
