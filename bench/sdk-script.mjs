// What a team writes with the official SDK before it has a tool: one agent after the other, found by name.
import { readFileSync } from "node:fs";
import { Mistral } from "@mistralai/mistralai";

const [url, file] = process.argv.slice(2);
const wanted = JSON.parse(readFileSync(file, "utf8"));
const { agents } = new Mistral({ apiKey: "bench", serverURL: url }).beta;

const existing = new Map();
let token;
do {
  const page = await agents.listPages({ pageSize: 1000, ...(token && { pageToken: token }) });
  for (const agent of page.result.data) existing.set(agent.name, agent);
  token = page.result.nextPageToken;
} while (token);

for (const agent of wanted) {
  const found = existing.get(agent.name);
  if (found?.instructions === agent.instructions) continue;
  const written = found
    ? await agents.update({ agentId: found.id, updateAgentRequest: agent })
    : await agents.create(agent);
  await agents.createVersionAlias({ agentId: written.id, alias: "prod", version: written.version });
}
