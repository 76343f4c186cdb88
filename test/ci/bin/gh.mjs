// Stands in for GitHub's command line, as far as the documentation uses it. What it knows is in the file GH_STATE:
// { pulls: { [commit]: [{ head: { sha } }] }, runs: [{ commit, event, workflow, status, databaseId, artifacts }],
//   issues: [{ number, title, body, labels, state, comments }], labels: [] }
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import jq from "jq-wasm";

const text = { type: "string" };
const commands = {
  api: {
    options: { jq: text },
    run: ({ jq: filter }, [target]) => {
      const commit = /^repos\/acme\/agents\/commits\/([0-9a-f]{40})\/pulls$/.exec(target)?.[1];
      if (commit === undefined) throw new Error(`gh api ${target}`);
      return print(state.pulls[commit] ?? [], filter);
    },
  },
  "run list": {
    options: {
      workflow: text,
      event: text,
      commit: text,
      status: text,
      limit: text,
      json: text,
      jq: text,
    },
    run: ({ json, jq: filter, limit, ...wanted }) => {
      const found = state.runs.filter((run) =>
        Object.entries(wanted).every(([name, value]) => run[name] === value),
      );
      return print(picked(found.slice(0, Number(limit)), json), filter);
    },
  },
  "run download": {
    options: { name: text, dir: text },
    run: ({ name, dir }, [id]) => {
      const run = state.runs.find(({ databaseId }) => String(databaseId) === id);
      cpSync(`${run.artifacts}/${name}`, dir, { recursive: true });
    },
  },
  "label create": {
    options: { force: { type: "boolean" }, description: text },
    run: ({ force }, [label]) => {
      if (state.labels.includes(label) && force !== true) throw new Error(`${label} exists`);
      state.labels = [...new Set([...state.labels, label])];
    },
  },
  "issue list": {
    options: { label: text, state: text, limit: text, json: text, jq: text },
    run: ({ label, state: wanted, json, jq: filter, limit }) => {
      const found = state.issues.filter(
        (each) => each.labels.includes(label) && each.state === wanted,
      );
      return print(picked(found.slice(0, Number(limit)), json), filter);
    },
  },
  "issue create": {
    options: { title: text, label: text, "body-file": text },
    run: ({ title, label, "body-file": file }) => {
      if (!state.labels.includes(label)) throw new Error(`no label ${label}`);
      const body = readFileSync(file, "utf8");
      const number = state.issues.length + 1;
      state.issues.push({ number, title, body, labels: [label], state: "open", comments: [] });
    },
  },
  "issue edit": {
    options: { "body-file": text },
    run: ({ "body-file": file }, [number]) => {
      issue(number).body = readFileSync(file, "utf8");
    },
  },
  "issue close": {
    options: { comment: text },
    run: ({ comment }, [number]) => {
      Object.assign(issue(number), { state: "closed", comments: [comment] });
    },
  },
};

const args = process.argv.slice(2);
const name = args[0] === "api" ? "api" : args.slice(0, 2).join(" ");
const command = commands[name];
if (!process.env.GH_TOKEN) throw new Error("gh: GH_TOKEN is not set");
if (process.env.GH_REPO !== "acme/agents") {
  throw new Error("gh: GH_REPO is not set");
}
if (command === undefined) throw new Error(`gh: ${name} is not known`);
const state = JSON.parse(readFileSync(process.env.GH_STATE, "utf8"));
const { values, positionals } = parseArgs({
  args: args.slice(name.split(" ").length),
  options: command.options,
  allowPositionals: true,
});
await command.run(values, positionals);
writeFileSync(process.env.GH_STATE, JSON.stringify(state));

function issue(number) {
  return state.issues.find((each) => String(each.number) === number);
}

function picked(list, names) {
  return list.map((each) => Object.fromEntries(names.split(",").map((one) => [one, each[one]])));
}

async function print(json, filter) {
  process.stdout.write(`${await jq.raw(json, filter, ["-r"])}\n`);
}
