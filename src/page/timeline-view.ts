import type { Station } from "../report/html/data.ts";
import { element } from "./element.ts";

const moves = { stays: "stays", leaves: "leaves", arrives: "arrives" } as const;

/** The versions of an agent from left to right, with the pointers to each before and after. */
export function timelineView(stations: readonly Station[]): HTMLElement {
  return element(
    "ol",
    { class: "timeline" },
    ...stations.flatMap((station) => [...skippedView(station.skipped), stationView(station)]),
  );
}

function skippedView(count: number): readonly HTMLElement[] {
  if (count === 0) return [];
  return [element("li", { class: "skipped" }, count === 1 ? "1 more" : `${count} more`)];
}

function stationView({ version, state, about, pointers }: Station): HTMLElement {
  return element(
    "li",
    { class: `station ${state}` },
    element("span", { class: "version" }, `version ${version}`),
    about === "" ? undefined : element("span", { class: "faint" }, about),
    ...pointers.map(({ name, move }) =>
      element(
        "span",
        { class: `pointer ${move}` },
        element("bdi", {}, name),
        move === "stays" ? undefined : element("span", { class: "move" }, ` ${moves[move]}`),
      ),
    ),
  );
}
