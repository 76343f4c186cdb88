import { createInterface } from "node:readline";
import type { Session } from "../session.ts";
import { askInTerminal, canAsk } from "./ask.ts";

/**
 * The user's messages, one by one: first the one on the command line, then what they type or, without a terminal, the
 * lines of standard input. An empty line in a terminal ends the conversation.
 */
export function questions(
  session: Session,
  first: string | undefined,
  follows: boolean,
): () => Promise<string | undefined> {
  const history: string[] = [];
  let given = first;
  let lines: AsyncIterator<string> | undefined;
  const typed = async () => {
    const text = await askInTerminal(session, "> ", history);
    if (text) history.unshift(text);
    return text || undefined;
  };
  const read = async () => {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    for (;;) {
      const { value, done } = await lines.next();
      if (done) return undefined;
      if (value.trim() !== "") return value;
    }
  };
  return async () => {
    const text = given;
    given = undefined;
    if (text !== undefined) return text;
    if (!follows) return undefined;
    return canAsk() ? await typed() : await read();
  };
}
