import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { withBrowser } from "./browser.ts";
import { companyPlan } from "./company-plan.ts";
import { pageFile } from "./page-file.ts";
import { everyday } from "./sample-plans.ts";

const visit = withBrowser();
const everydayPage = pageFile("searched", [everyday]);
const companyPage = pageFile("company", [{ kind: "planned", plan: companyPlan(60) }]);

const openKeys = (page: Page) =>
  page.locator("#agents li.agent:visible details[open] > summary h3").allTextContents();
const marked = (page: Page) =>
  page.evaluate("[...(CSS.highlights.get('found') ?? [])].map(String)") as Promise<string[]>;
const status = (page: Page) => page.getByRole("status").textContent();

describe("a search", () => {
  test("opens and marks its matches, also across marks of a diff", async () => {
    const { page, misdeeds } = await visit(everydayPage);
    await page.getByLabel("Search").fill("friendly terse.");
    expect(await openKeys(page)).toEqual(["triage"]);
    expect(await marked(page)).toEqual(["friendly", "friendly", "terse."]);
    await page.getByText("Unified").click();
    expect(await marked(page)).toEqual(["friendly", "friendly", "terse."]);
    await page.getByLabel("Search").fill("TWO");
    expect(await marked(page)).toEqual(["two", "two"]);
    await page.getByLabel("Search").fill("");
    expect(await openKeys(page)).toEqual([]);
    expect(await marked(page)).toEqual([]);
    expect(misdeeds).toEqual([]);
  });

  test("marks a name in its line without opening it", async () => {
    const { page } = await visit(everydayPage);
    await page.getByLabel("Search").fill("console-made");
    expect(await openKeys(page)).toEqual([]);
    expect(await marked(page)).toEqual(["console-made"]);
  });

  test("does not open agents for one letter, and only a few for a word", async () => {
    const { page } = await visit(companyPage);
    await page.getByLabel("Search").fill("e");
    expect(await openKeys(page)).toEqual([]);
    await page.getByLabel("Search").fill("terse");
    expect(await openKeys(page)).toHaveLength(20);
    expect(await status(page)).toBe("60 of 61 agents");
  });

  test("leaves agents that the user opened or closed", async () => {
    const { page } = await visit(everydayPage);
    const refunds = page.locator("#agents summary", { hasText: "refunds" }).first();
    await refunds.click();
    await page.getByLabel("Search").fill("questions before");
    expect(await openKeys(page)).toEqual(["triage"]);
    await page.getByLabel("Search").fill("");
    expect(await openKeys(page)).toEqual(["refunds"]);
  });

  test("says how many matches a filter hides", async () => {
    const { page } = await visit(everydayPage);
    await page.getByRole("button", { name: "create 1" }).click();
    expect(await status(page)).toBe("1 of 7 agents");
    await page.getByLabel("Search").fill("two questions");
    expect(await status(page)).toBe("0 of 7 agents; the filters hide 1 more");
  });

  test("does not mark line numbers and other texts of the page itself", async () => {
    const { page } = await visit(everydayPage);
    await page.getByLabel("Search").fill("properties");
    expect(await marked(page)).toEqual([]);
  });
});

describe("a danger of many agents", () => {
  test("is shown once, the worst first, with most agents folded away", async () => {
    const { page, misdeeds } = await visit(companyPage);
    expect(await page.locator("#dangers h3").allTextContents()).toEqual([
      "Deletes 1 agent",
      "Overwrites edits made outside on 1 agent",
      "Undoes promote or rollback on 1 agent",
      "Gives another model to 6 agents",
      "Sends secrets that are not set here: 30 agents",
      "Names a model that the server does not list on 6 agents",
      "Names a connector that the server does not list on 1 agent",
      "Live as soon as written: 58 agents",
    ]);
    expect(await page.locator("#dangers a:visible").count()).toBeLessThan(30);
    const secrets = page.locator("#dangers li.danger", { hasText: "secrets" });
    expect(await secrets.innerText()).toContain("Set CRM_TOKEN where you apply.");
    await secrets.getByText("and 25 more").click();
    await secrets.getByRole("link", { name: "desk-058" }).click();
    expect(await openKeys(page)).toEqual(["desk-058"]);
    expect(misdeeds).toEqual([]);
  });

  test("the tools of a new agent are shown completely", async () => {
    const { page } = await visit(companyPage);
    await page.locator("#agents summary", { hasText: "desk-000" }).click();
    const body = await page.locator("#agents details[open] .body").innerText();
    expect(body).toMatch(/tools\[web_search\]\s+set\s+\+/);
    expect(body).toContain('"requires_confirmation": [');
    expect(body).toContain('"order": {');
    expect(body).not.toContain('"type": "connector"');
  });
});
