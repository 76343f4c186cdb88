import type { RemoteAgent } from "../../agent/remote-agent.ts";
import { maskJson } from "../../mask/mask-json.ts";
import { sanitizedLine } from "../../report/safe/sanitize.ts";
import type { Session } from "../session.ts";
import { Interrupted } from "../shutdown.ts";
import { askInTerminal } from "./ask.ts";
import { isInteractive } from "./interactive.ts";

/** Asks the user to choose agents in the terminal; gives none if nothing was chosen. */
export async function pickInTerminal(
  session: Session,
  agents: readonly RemoteAgent[],
): Promise<readonly RemoteAgent[]> {
  const { invocation, shutdown, viewing } = session;
  if (agents.length === 0) return [];
  const offered = agents.toSorted((left, right) => left.name.localeCompare(right.name, "en"));
  const chosen = isInteractive(invocation)
    ? await shutdown.untimed(async () => {
        const { pickAgents } = await import("./live-terminal.ts");
        return pickAgents(viewing, offered);
      })
    : await pickByNumber(session, offered);
  if (shutdown.reason() !== undefined) throw new Interrupted();
  return chosen;
}

/** A numbered list to choose from, by numbers, ranges or "all". Any other answer chooses nothing. */
async function pickByNumber(
  session: Session,
  agents: readonly RemoteAgent[],
): Promise<readonly RemoteAgent[]> {
  const width = String(agents.length).length;
  const mask = session.mask();
  const lines = agents.map((agent, at) => {
    const { id, name } = maskJson(agent, mask);
    return `${String(at + 1).padStart(width)}  ${sanitizedLine(name)}  ${sanitizedLine(id)}\n`;
  });
  session.viewing.write(lines.join(""));
  const answer = await askInTerminal(session, "\nWhich ones? Numbers such as 1 3-5, or all: ");
  const chosen = numbersIn(answer?.trim() ?? "", agents.length);
  return agents.filter((_agent, at) => chosen.has(at + 1));
}

function numbersIn(answer: string, most: number): ReadonlySet<number> {
  if (answer === "all") return new Set(Array.from({ length: most }, (_, at) => at + 1));
  const chosen = new Set<number>();
  for (const word of answer.split(/[\s,]+/).filter((each) => each !== "")) {
    const range = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(word);
    if (range === null) return new Set();
    const last = Math.min(Number(range[2] ?? range[1]), most);
    for (let number = Number(range[1]); number <= last; number += 1) chosen.add(number);
  }
  return chosen;
}
