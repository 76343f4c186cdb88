import { chromium } from "playwright-core";
import { chromiumFlags, chromiumPath } from "../chromium.mjs";

/** One Chromium; each page is a window of its own. */
export async function openBrowser() {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags });
  return {
    open: async (address, options) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
    close: () => browser.close(),
  };
}
