// A small application: it asks an agent of agents.yaml one question. The ids are in agents.ts, which
// `agentvane output --alias prod --out agents.ts` writes after a release.
import { Mistral } from "@mistralai/mistralai";
import { type AgentKey, agents, alias } from "./agents.ts";

const { MISTRAL_API_KEY = "", MISTRAL_SERVER_URL } = process.env;

const client = new Mistral({
  apiKey: MISTRAL_API_KEY,
  ...(MISTRAL_SERVER_URL !== undefined && { serverURL: MISTRAL_SERVER_URL }),
});

/** Asks an agent at the version that the alias points to, and gives what it says. */
export async function ask(key: AgentKey, question: string): Promise<string> {
  const { outputs } = await client.beta.conversations.start({
    agentId: agents[key].id,
    agentVersion: alias,
    inputs: question,
    store: false,
  });
  return outputs
    .flatMap((entry) => (entry.type === "message.output" ? [entry.content] : []))
    .map((content) => (typeof content === "string" ? content : JSON.stringify(content)))
    .join("\n");
}

process.stdout.write(`${await ask("triage", process.argv[2] ?? "Where is my order?")}\n`);
