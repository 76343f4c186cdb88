import { xmlText } from "../safe/xml-text.ts";
import type { PageData } from "./data.ts";

/** The page's own script and style, as the build made them, with the digests that allow them to run. */
export type PageAssets = {
  readonly script: string;
  readonly style: string;
  /** As a content security policy names them: `sha256-…`. */
  readonly scriptDigest: string;
  readonly styleDigest: string;
};

/** What a page holds besides its assets. */
export type PageContents = {
  readonly title: string;
  readonly data: PageData;
  /** The JSON document of the same run, as text, for machines; left out when it is large. */
  readonly json: string | undefined;
  /** The report in plain text, for where no script may run. */
  readonly text: string;
};

/**
 * One HTML file that needs nothing else: it loads nothing, sends nothing, and runs nothing but the script of
 * the build. Whatever text is from elsewhere is data in it, never markup.
 */
export function htmlDocument(contents: PageContents, assets: PageAssets): string {
  const { title, data, json, text } = contents;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${xmlText(title)}</title>
<link rel="icon" href="data:,">
<style>${assets.style}</style>
</head>
<body>
<noscript><pre>${text.split("\n").map(xmlText).join("\n")}</pre></noscript>
<script type="application/json" id="page-data">${asData(JSON.stringify(data))}</script>
${json === undefined ? "" : `<script type="application/json" id="document">${asData(json)}</script>\n`}<script>${assets.script}</script>
</body>
</html>
`;
}

/** Nothing from anywhere, and no way for a text to become markup or script by mistake. */
function policy({ scriptDigest, styleDigest }: PageAssets): string {
  return [
    "default-src 'none'",
    `script-src '${scriptDigest}'`,
    `style-src '${styleDigest}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

/** JSON in which nothing can end its element, and that is the same JSON. */
function asData(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
