import type { PageAssets } from "../src/report/html/document.ts";

export function buildPage(): Promise<PageAssets>;
