import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { chromiumFlags, chromiumPath } from "../../scripts/chromium.mjs";

/** A page and all that it did which a report must not do. */
export type Visit = {
  readonly page: Page;
  /** Dialogs, messages on the console, errors, and requests but the one for the page. */
  readonly misdeeds: readonly string[];
};

/** One Chromium for the tests of a file; each visit is a window of its own. */
export function withBrowser(): (
  address: string,
  options?: BrowserContextOptions,
) => Promise<Visit> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: chromiumFlags,
    });
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (address, options = {}) => {
    if (browser === undefined) throw new Error("there is no browser");
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    const misdeeds: string[] = [];
    page.on("dialog", (dialog) => {
      misdeeds.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("console", (message) => misdeeds.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => misdeeds.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== address) misdeeds.push(`request: ${request.url()}`);
    });
    await page.goto(address);
    return { page, misdeeds };
  };
}
