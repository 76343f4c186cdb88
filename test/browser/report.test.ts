import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { everyEvent } from "../report/every-event.ts";
import { withBrowser } from "./browser.ts";
import { pageFile } from "./page-file.ts";
import { everyday, fleet, splitRelease } from "./sample-plans.ts";

const visit = withBrowser();
const everydayPage = pageFile("everyday", [everyday]);
const splitPage = pageFile("split", splitRelease, "apply");
const fleetPage = pageFile("fleet", [fleet(1000)]);

const shownKeys = (page: Page) => page.locator("#agents li.agent:visible h3").allTextContents();
const row = (page: Page, key: string): Locator =>
  page
    .locator("#agents summary")
    .filter({ has: page.getByRole("heading", { name: key, exact: true }) });
const bodyOf = (page: Page, key: string): Locator =>
  page
    .locator("#agents li.agent")
    .filter({ has: page.getByRole("heading", { name: key, exact: true }) })
    .locator(".body");

describe("the top of the page", () => {
  test("has the verdict, the dangers, then the agents", async () => {
    const { page, misdeeds } = await visit(everydayPage);
    expect(await page.title()).toBe("agentvane plan acme-support on https://api.mistral.ai");
    expect(await page.locator("#summary p, #summary li").allTextContents()).toEqual([
      "Plan: 1 to create, 3 to update, 1 to delete; 3 aliases to move; 4 new versions.",
    ]);
    expect(await page.locator("#dangers h3").allTextContents()).toEqual([
      "Deletes 1 agent",
      "Conflict on 1 agent",
      "Live as soon as written: 3 agents",
    ]);
    expect(await shownKeys(page)).toEqual([
      "old-router",
      "refunds",
      "billing",
      "translator",
      "triage",
      "console-made",
      "technical",
    ]);
    expect(misdeeds).toEqual([]);
  });

  test("for a split release says what to repair by hand, and where the pointers are", async () => {
    const { page, misdeeds } = await visit(splitPage);
    expect(await page.locator("#summary").innerText()).toContain("Split: triage");
    const repair = page.locator("#dangers li.danger").filter({ hasText: "To be repaired by hand" });
    expect(await repair.innerText()).toContain("curl -X PUT");
    await repair.getByRole("link", { name: "triage" }).click();
    const body = bodyOf(page, "triage");
    expect(await body.locator(".station").last().innerText()).toMatch(
      /version 8\s+new\s+default version arrives\s+prod arrives/,
    );
    expect(await body.innerText()).toContain("moving triage staging");
    expect(misdeeds).toEqual([]);
  });

  test.each([
    ["config_invalid", "Refused: nothing was applied."],
    ["key_missing", "Refused: nothing was applied."],
    ["read_failed", "Not applied."],
    ["crashed", "Not applied."],
    ["declined", "Refused: nothing was applied."],
  ] as const)("a run that came to nothing: %s", async (kind, verdict) => {
    const { page, misdeeds } = await visit(pageFile(kind, [everyEvent[kind]], "apply"));
    expect(await page.locator("#summary").innerText()).toContain(verdict);
    expect(await page.locator("#dangers li.danger").count()).toBe(1);
    expect(misdeeds).toEqual([]);
  });
});

describe("finding agents", () => {
  test("by words of a closed prompt, in any letter case", async () => {
    const { page } = await visit(everydayPage);
    await page.getByLabel("Search").fill("TWO questions");
    expect(await shownKeys(page)).toEqual(["triage"]);
    expect(await page.getByRole("status").textContent()).toBe("1 of 7 agents");
    await page.getByLabel("Search").fill("no such words");
    expect(await shownKeys(page)).toEqual([]);
    expect(await page.getByRole("status").textContent()).toBe("0 of 7 agents");
  });

  test("by action, by trouble, and by both", async () => {
    const { page } = await visit(everydayPage);
    await page.getByRole("button", { name: "update 3" }).click();
    expect(await shownKeys(page)).toEqual(["refunds", "billing", "triage"]);
    await page.getByRole("button", { name: "create 1" }).click();
    expect(await shownKeys(page)).toEqual(["refunds", "billing", "translator", "triage"]);
    await page.getByRole("button", { name: "drift 1" }).click();
    expect(await shownKeys(page)).toEqual(["refunds"]);
    await page.getByRole("button", { name: "drift 1" }).click();
    await page.getByRole("button", { name: "create 1" }).click();
    await page.getByRole("button", { name: "update 3" }).click();
    expect(await shownKeys(page)).toHaveLength(7);
  });

  test("by a link, also if the filter hides it", async () => {
    const { page } = await visit(everydayPage);
    await page.getByLabel("Search").fill("translator");
    await page.locator("#dangers").getByRole("link", { name: "old-router" }).click();
    expect(await shownKeys(page)).toContain("old-router");
    expect(await bodyOf(page, "old-router").isVisible()).toBe(true);
    await page.reload();
    expect(await bodyOf(page, "old-router").isVisible()).toBe(true);
  });
});

describe("diffs", () => {
  test("unified and side by side, with the changed words marked", async () => {
    const { page } = await visit(everydayPage);
    const body = bodyOf(page, "triage");
    await row(page, "triage").click();
    expect(await body.locator("table.split").count()).toBe(1);
    expect(await body.locator("table ins").allTextContents()).toEqual([
      "two",
      "questions",
      " and terse",
    ]);
    const changed = body.locator("table tr", { has: page.locator("del") });
    expect(await changed.locator("td.text").allTextContents()).toEqual([
      expect.stringContaining("Ask at most one question before"),
      expect.stringContaining("Ask at most two questions before"),
    ]);
    await page.getByText("Unified").click();
    expect(await body.locator("table.split").count()).toBe(0);
    expect(
      await body.locator("table.unified tr", { has: page.locator("del") }).innerText(),
    ).toMatch(/^7\s+−\s+Ask at most one question/);
    expect(await body.locator("table.unified .gap").allInnerTexts()).toEqual([
      "⋯ 3 unchanged lines",
      "⋯ 2 unchanged lines",
    ]);
  });

  test("a narrow window starts with one column and needs no horizontal scrolling", async () => {
    const { page } = await visit(everydayPage, { viewport: { width: 400, height: 800 } });
    await page.getByRole("button", { name: "Open all" }).click();
    expect(await page.locator("table.split").count()).toBe(0);
    const [width, room] = (await page.evaluate(
      "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
    )) as [number, number];
    expect(width).toBeLessThanOrEqual(room);
  });
});

describe("the timeline of an agent", () => {
  test("shows the version of each pointer before and after", async () => {
    const { page } = await visit(everydayPage);
    await row(page, "triage").click();
    const stations = await bodyOf(page, "triage").locator(".timeline > li").allInnerTexts();
    expect(stations.map((text) => text.split(/\n+/))).toEqual([
      ["version 0", "oldest"],
      ["4 more"],
      ["version 5", "prod leaves"],
      ["1 more"],
      ["version 7", "newest", "default version leaves", "staging leaves"],
      ["version 8", "new", "default version arrives", "prod arrives", "staging arrives"],
    ]);
  });
});

describe("with the keyboard alone", () => {
  const focused = (page: Page) =>
    page.evaluate(
      "document.activeElement.id || document.activeElement.querySelector('h3')?.textContent",
    );

  test("search, move, open, close", async () => {
    const { page } = await visit(everydayPage);
    await page.keyboard.press("/");
    expect(await focused(page)).toBe("search");
    await page.keyboard.type("jk/ ");
    expect(await page.getByLabel("Search").inputValue()).toBe("jk/ ");
    await page.keyboard.press("Escape");
    expect(await page.getByLabel("Search").inputValue()).toBe("");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("old-router");
    await page.keyboard.press("j");
    await page.keyboard.press("ArrowDown");
    expect(await focused(page)).toBe("billing");
    await page.keyboard.press("k");
    expect(await focused(page)).toBe("refunds");
    await page.keyboard.press("Enter");
    expect(await bodyOf(page, "refunds").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await bodyOf(page, "refunds").isVisible()).toBe(false);
    expect(await focused(page)).toBe("refunds");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    expect(await focused(page)).toBe("old-router");
  });

  test("the first link skips the header, and the focus is visible", async () => {
    const { page } = await visit(everydayPage);
    await page.keyboard.press("Tab");
    await expect
      .poll(() => page.getByRole("link", { name: "Skip to the report" }).boundingBox())
      .toMatchObject({ y: expect.any(Number) });
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("main");
    await page.keyboard.press("j");
    const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
    expect(outline).toBe("solid");
  });

  test("letter shortcuts can be switched off, for speech input", async () => {
    const { page } = await visit(everydayPage);
    await page.getByRole("button", { name: "Letter shortcuts" }).click();
    await page.keyboard.press("/");
    expect(await focused(page)).not.toBe("search");
  });
});

describe("colours", () => {
  const ground = (page: Page) => page.evaluate("getComputedStyle(document.body).backgroundColor");

  test("are those of the system until the user chooses", async () => {
    const { page } = await visit(everydayPage, { colorScheme: "dark" });
    const dark = await ground(page);
    await page.emulateMedia({ colorScheme: "light" });
    const light = await ground(page);
    expect(light).not.toBe(dark);
    await page.getByText("Dark", { exact: true }).click();
    expect(await ground(page)).toBe(dark);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.getByText("Light", { exact: true }).click();
    expect(await ground(page)).toBe(light);
    await page.getByText("Auto", { exact: true }).click();
    expect(await ground(page)).toBe(dark);
  });
});

describe("accessibility rules that can be checked automatically", () => {
  test.each(["light", "dark"] as const)("%s, everything open", async (colorScheme) => {
    for (const address of [everydayPage, splitPage]) {
      const { page } = await visit(address, { colorScheme });
      await page.getByRole("button", { name: "Open all" }).click();
      await page.locator("#steps summary").click();
      await page.evaluate(axe.source);
      const found = (await page.evaluate("axe.run()")) as axe.AxeResults;
      expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual(
        [],
      );
      expect(found.passes.length).toBeGreaterThan(20);
    }
  });
});

describe("on paper", () => {
  test("all agents are open in one column, without controls, and closed again afterwards", async () => {
    const { page } = await visit(everydayPage, { colorScheme: "dark" });
    await row(page, "triage").click();
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => page.locator("#agents .body:visible").count()).toBe(7);
    expect(await page.locator("table.split").count()).toBe(0);
    expect(await page.locator("#steps li").first().isVisible()).toBe(true);
    for (const control of await page.locator("input, button, .skip").all()) {
      expect(await control.isVisible()).toBe(false);
    }
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
      "rgb(255, 255, 255)",
    );
    await page.emulateMedia({ media: "screen" });
    await expect.poll(() => page.locator("#agents .body:visible").count()).toBe(1);
    expect(await page.locator("table.split").count()).toBe(1);
  });

  test("as a PDF of several pages", async () => {
    const { page } = await visit(everydayPage);
    const pdf = (await page.pdf()).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
  });
});

describe("a thousand agents", () => {
  test("are all in the list, and details are made only when opened", async () => {
    const { page, misdeeds } = await visit(fleetPage);
    expect(await page.locator("#agents li.agent").count()).toBe(1000);
    expect(await page.locator("#agents table").count()).toBe(0);
    expect(await page.locator("*").count()).toBeLessThan(15_000);
    await page.getByLabel("Search").fill("be firm 0996");
    expect(await shownKeys(page)).toEqual(["agent-0996"]);
    await expect.poll(() => page.locator("#agents ins").allTextContents()).toEqual(["firm"]);
    expect(await page.locator("#agents table").count()).toBe(1);
    expect(misdeeds).toEqual([]);
  });
});

test("the page loads nothing", () => {
  const text = readFileSync(new URL(everydayPage), "utf8");
  const addresses = text.match(/(?:src|href|action|srcset|poster|data)\s*=\s*"[^"]*"/g) ?? [];
  expect(addresses).toEqual(['href="data:,"']);
  expect(text).not.toMatch(/url\((?!#)|@import|<iframe|<object|<embed|<link rel="(?!icon)/);
});
