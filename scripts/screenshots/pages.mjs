import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/** A comment on a pull request, about as GitHub shows it. */
export function commentPage(markdown) {
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  }).replaceAll("<details>", "<details open>");
  return page(
    `
    body { font: 15px/1.5 system-ui, sans-serif; margin: 16px; color: #1f2328; background: #fff; }
    article { border: 1px solid #d1d9e0; border-radius: 6px; }
    header { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; }
    main { padding: 0 16px 8px; }
    code { font: 13px ui-monospace, monospace; background: #eff1f3; border-radius: 6px; padding: 0.2em 0.4em; }
    pre { background: #f6f8fa; border-radius: 6px; padding: 16px; white-space: pre-wrap; }
    pre code { background: none; padding: 0; }
    table { border-collapse: collapse; }
    th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
    h3 { font-size: 1.15em; }`,
    `<article><header><b>github-actions</b> commented</header><main>${coloured(body)}</main></article>`,
  );
}

/** Added and removed lines of a diff, as GitHub colours them. */
function coloured(html) {
  return html.replace(/<code class="language-diff">([\s\S]*?)<\/code>/g, (_, lines) => {
    const shown = lines.split("\n").map((line) => {
      if (line.startsWith("+")) return `<span style="background: #dafbe1">${line}</span>`;
      if (line.startsWith("-")) return `<span style="background: #ffebe9">${line}</span>`;
      return line;
    });
    return `<code>${shown.join("\n")}</code>`;
  });
}

const themes = {
  light: {
    text: "#1f2328",
    ground: "#ffffff",
    palette: [
      "#1f2328",
      "#b3261e",
      "#1a7f37",
      "#8a5a00",
      "#0550ae",
      "#7d3fb2",
      "#0f6b75",
      "#59636e",
    ],
  },
  dark: {
    text: "#d7dce2",
    ground: "#1b1e25",
    palette: [
      "#1b1e25",
      "#e06c75",
      "#98c379",
      "#e5c07b",
      "#61afef",
      "#c678dd",
      "#56b6c2",
      "#8b929c",
    ],
  },
};

/** The cells of a terminal as a page; `scheme` is light or dark. */
export function terminalPage(cells, scheme) {
  const theme = themes[scheme];
  const lines = cells.map((line) => line.map((cell) => span(cell, theme)).join(""));
  return page(
    `
    body { margin: 0; background: ${theme.ground}; }
    pre { display: inline-block; margin: 16px; color: ${theme.text}; font: 18px/1.35 "DejaVu Sans Mono", monospace; }`,
    `<pre>${lines.join("\n")}</pre>`,
  );
}

function span(cell, { text, ground, palette }) {
  const color = cell.color === undefined ? text : (palette[cell.color % 8] ?? text);
  const isGrey = cell.color === 8;
  const style = [
    cell.isInverse
      ? `background: ${color}; color: ${ground}`
      : `color: ${isGrey ? palette[7] : color}`,
    cell.isBold ? "font-weight: bold" : "",
    cell.isDim ? "opacity: 0.6" : "",
    cell.isUnderlined ? "text-decoration: underline" : "",
  ];
  return `<span style="${style.filter(Boolean).join("; ")}">${escaped(cell.characters)}</span>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function page(style, body) {
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>${body}`;
}
