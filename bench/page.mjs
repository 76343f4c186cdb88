// Measures the HTML report of a fleet: what it costs the command, and what a browser takes to show and use it.
// Usage: npm run --silent build && node bench/page.mjs [AGENTS]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { chromiumFlags, chromiumPath } from "../scripts/chromium.mjs";

const command = fileURLToPath(new URL("../dist/agentvane.cjs", import.meta.url));
const count = Number(process.argv[2] ?? 1000);
const rounds = 5;
const nextFrame = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))";
const typing = (text) =>
  `const search = document.getElementById("search"); search.value = ${JSON.stringify(text)}; search.dispatchEvent(new Event("input"))`;
const timer = (act) =>
  `(async () => { const start = performance.now(); { ${act}; } await ${nextFrame}; return performance.now() - start; })()`;
const scrolling = `(async () => {
  let longest = 0;
  for (let at = 0; at < 60; at += 1) {
    const start = performance.now();
    scrollBy(0, 700);
    await ${nextFrame};
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
})()`;
const folder = mkdtempSync(path.join(tmpdir(), "agentvane-page-"));
const page = path.join(folder, "report.html");

try {
  writeFleet("kind");
  agentvane("apply", "--local", "--auto-approve", "-q");
  writeFleet("firm");
  const formats = { text: [], json: [], html: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [format, times] of Object.entries(formats)) {
      times.push(agentvane("plan", "--local", "-q", "--format", format));
    }
  }
  for (const [format, times] of Object.entries(formats)) print(`plan --format ${format}`, times);
  console.log(`| size of the page | ${(statSync(page).size / 1e6).toFixed(2)} MB |`);
  await measureBrowser();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Prompts of 9 KB; every agent changes one line of it between two calls. */
function writeFleet(manner) {
  const lines = Array.from(
    { length: 150 },
    (_, at) => `Rule ${at}: be brief, be right, and say what you do not know.`,
  );
  lines[75] = `Rule 75: be ${manner}, whatever the customer says, and never promise what you cannot hold.`;
  const agents = Array.from({ length: count }, (_, at) => [
    `agent-${String(at).padStart(4, "0")}`,
    { description: `number ${at}`, instructions: lines.join("\n"), aliases: ["prod"] },
  ]);
  const config = {
    version: 1,
    project: "fleet",
    defaults: { model: "mistral-small-latest" },
    agents: Object.fromEntries(agents),
  };
  writeFileSync(path.join(folder, "agents.yaml"), JSON.stringify(config));
}

/** Runs the command and gives the milliseconds it took; its result becomes the page. */
function agentvane(...args) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`);
  if (args.includes("html")) writeFileSync(page, stdout);
  return performance.now() - start;
}

async function measureBrowser() {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags });
  const times = {
    show: [],
    "first search": [],
    "next key": [],
    filter: [],
    open: [],
    "open all": [],
    "longest frame while scrolling": [],
  };
  for (let round = 0; round < rounds; round += 1) {
    const view = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await view.goto(pathToFileURL(page).href);
    times.show.push(await view.evaluate(`${nextFrame}.then(() => performance.now())`));
    const timed = async (name, act) => times[name].push(await view.evaluate(timer(act)));
    await timed("first search", typing("firm 0996"));
    await timed("next key", typing("firm 099"));
    await timed("filter", `${typing("")}; document.querySelector(".filters button").click()`);
    await timed("open", `document.querySelector("#agents summary").click()`);
    times["longest frame while scrolling"].push(await view.evaluate(scrolling));
    await timed(
      "open all",
      `[...document.querySelectorAll("button")].find((each) => each.textContent === "Open all").click()`,
    );
    await view.close();
  }
  for (const [name, each] of Object.entries(times)) print(name, each);
  await browser.close();
}

function print(name, times) {
  const middle = [...times].sort((left, right) => left - right)[Math.floor(times.length / 2)];
  console.log(`| ${name} | ${middle.toFixed(0)} ms |`);
}
