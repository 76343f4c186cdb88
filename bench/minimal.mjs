// The least a tool of this kind can do: parses the same file with the same library, and for a plan sends the same requests with
// node:http. Judges nothing, compares nothing, says nothing. Usage: minimal.mjs validate | plan URL CONCURRENCY
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { parse } from "yaml";

const [kind, url, concurrency] = process.argv.slice(2);
const agents = Object.keys(parse(readFileSync("agents.yaml", "utf8")).agents);
if (agents.length === 0) throw new Error("there is no agent");
if (kind === "plan") plan();

async function plan() {
  const agent = new Agent({ keepAlive: true, maxSockets: Number(concurrency) });
  const get = (path) =>
    new Promise((resolve, reject) => {
      const headers = { authorization: "Bearer bench" };
      const sent = request(url + path, { agent, headers }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => resolve(JSON.parse(text)));
      });
      sent.on("error", reject).end();
    });
  const list = async () => {
    const found = [];
    for (let token = ""; ; ) {
      const next = token === "" ? "" : `&page_token=${encodeURIComponent(token)}`;
      const page = await get(`/v1/agents/pages?page_size=1000${next}`);
      found.push(...page.data);
      token = page.next_page_token ?? "";
      if (token === "") return found;
    }
  };
  const [found] = await Promise.all([list(), get("/v1/models")]);
  await Promise.all(found.map(({ id }) => get(`/v1/agents/${id}/aliases`)));
  agent.destroy();
}
