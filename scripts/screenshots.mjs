// The images of docs/, from the built command: `npm run screenshots`. Needs Chromium and `script` (of util-linux). Run it
// when what people see has changed, and look at what it made.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./screenshots/browser.mjs";
import { commentPage, terminalPage } from "./screenshots/pages.mjs";
import { startProject } from "./screenshots/project.mjs";
import { openTerminal } from "./screenshots/terminal.mjs";

const images = path.join(import.meta.dirname, "..", "docs", "images");
const down = "\u001b[B";
const right = "\u001b[C";
const project = await startProject();
const browser = await openBrowser();

try {
  writeFileSync(path.join(images, "handoffs.svg"), await project.run("graph", "--format", "svg"));
  const report = await project.run("plan", "--format", "html");
  const wide = { width: 1400, height: 1000 };
  const narrow = { width: 400, height: 900 };
  await shoot("html-report-wide-light", report, "light", wide, openTriage);
  await shoot("html-report-wide-dark", report, "dark", wide, openTriage);
  await shoot("html-report-narrow-light", report, "light", narrow);
  await shoot("html-report-narrow-dark", report, "dark", narrow, openTriage);
  const comment = commentPage(await project.run("plan", "--format", "markdown"));
  await shoot("pull-request", comment, "light", { width: 900, height: 1 });
  await shootTerminal("terminal-80-light", "light", { columns: 80, rows: 24 }, openTriageRow);
  await shootTerminal("terminal-160-dark", "dark", { columns: 160, rows: 30 }, openRefundsRow);
  await shootTerminal("terminal-apply-dark", "dark", { columns: 80, rows: 24 }, watchApply);
} finally {
  await browser.close();
  await project.close();
}

async function openTriage(page) {
  const agent = page.locator("#agents li.agent").filter({ hasText: "triage" }).last();
  await agent.locator("h3").click();
  await page.locator("#agents").evaluate((element) => element.scrollIntoView());
}

async function openTriageRow(terminal) {
  await terminal.until(/Type yes to go on/);
  terminal.type("/at most");
  await terminal.until(/at most/);
  terminal.type("\r");
  terminal.type(`${down}${right}`);
  await terminal.until(/two questions/);
}

async function openRefundsRow(terminal) {
  await terminal.until(/Type yes to go on/);
  terminal.type(down);
  await terminal.until(/> open all/);
  terminal.type(">");
  await terminal.until(/❯[\s\S]*Kim[\s\S]*Plan:/);
}

async function watchApply(terminal) {
  await terminal.until(/Type yes to go on/);
  terminal.type("yes\r");
  await terminal.until(/✓ moved[\s\S]*Releasing[\s\S]*moving/);
}

/** The whole page where the viewport is one pixel high. */
async function shoot(name, html, colorScheme, viewport, prepare = async () => {}) {
  const file = path.join(project.folder, "page.html");
  writeFileSync(file, html);
  const page = await browser.open(pathToFileURL(file).href, { viewport, colorScheme });
  await prepare(page);
  const options = { path: path.join(images, `${name}.png`), fullPage: viewport.height === 1 };
  await page.screenshot(options);
}

async function shootTerminal(name, scheme, size, act) {
  const terminal = openTerminal(project, ["apply"], size);
  try {
    await act(terminal);
    const width = Math.round(size.columns * 10.84) + 34;
    await shoot(name, terminalPage(terminal.cells(), scheme), scheme, { width, height: 1 });
  } finally {
    await terminal.close();
  }
}
