import { xmlText } from "../safe/xml-text.ts";
import type { PageData } from "./data.ts";

/** The page's script and style from the build, with the digests that allow them to run. */
export type PageAssets = {
  readonly script: string;
  readonly style: string;
  /** In the format of a content security policy: `sha256-…`. */
  readonly scriptDigest: string;
  readonly styleDigest: string;
};

/** The content of a page besides its assets. */
export type PageContents = {
  readonly title: string;
  readonly data: PageData;
  /** The JSON document of the same run, for programs; left out if it is large. */
  readonly json: string | undefined;
  /** The report as plain text, for browsers without scripts. */
  readonly text: string;
};

/**
 * One self-contained HTML file: it loads nothing, sends nothing, and runs only the script of the build. Text from
 * outside is data in it, never markup.
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

/** Forbids every request, and every way for text to become markup or script by mistake. */
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

/** Equivalent JSON that cannot end its script element. */
function asData(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
