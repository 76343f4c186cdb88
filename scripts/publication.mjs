// How people get agentvane, said once: README.md and docs/ hold these texts between markers, and `npm run generate` puts
// them there. On the day the package is on the registry, set `isPublished` to true and generate.
import { readFileSync } from "node:fs";

const isPublished = false;

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const tarball = `agentvane-${version}.tgz`;

const key = "MISTRAL_API_KEY: ${{ secrets.MISTRAL_API_KEY }}";

/** Steps of a workflow that need neither the registry nor the action's repository. */
export const stepsFromTarball = `      - uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238 # v6.2.0
        with:
          node-version: 24
      - run: npm ci
      - id: plan
        uses: ./node_modules/agentvane
        env:
          ${key}
`;

/** Each text with its two forms: from a clone or its tarball, and from the registry. */
const texts = {
  install: {
    unpublished: `agentvane is **not on the npm registry yet**. Pack it in a clone of its repository, then install the tarball in your project:

\`\`\`sh
(cd path/to/agentvane && npm ci && npm pack) # writes ${tarball} there
npm install --save-dev path/to/agentvane/${tarball}
\`\`\`

The tarball has no dependencies, so you can also commit it. Copy it to the folder \`vendor\` and install it from there. The path must
begin with \`./\`, because npm reads \`vendor/${tarball}\` as the name of a GitHub repository:

\`\`\`sh
npm install --save-dev ./vendor/${tarball}
\`\`\``,
    published: `\`\`\`sh
npm install --save-dev agentvane
\`\`\``,
  },
  action: {
    unpublished: `The action is part of the package. While agentvane is not published, install the package and use the action from there:

\`\`\`yaml
${stepsFromTarball}\`\`\``,
    published: `\`\`\`yaml
- uses: agentvane/agentvane@v${version} # comments the plan; \`command: apply\` carries it out
  env:
    ${key}
\`\`\``,
  },
  workflows: {
    unpublished: `> **Not published yet.** \`uses: agentvane/agentvane@v${version}\` on this page works from the day agentvane is published. Until
> then commit its tarball ([how to pack it](../README.md#install)), so that \`npm ci\` installs it, and write these steps instead:
>
> \`\`\`yaml
${stepsFromTarball.trimEnd().replaceAll(/^/gm, "> ")}
> \`\`\`
>
> In GitLab, set the variable \`AGENTVANE_PACKAGE\` to \`$CI_PROJECT_DIR/vendor/${tarball}\`.`,
    published: "",
  },
};

/** The text of a page with each of these texts between its markers. Throws when a marker is not closed. */
export function withPublication(page, forPublished = isPublished) {
  return Object.entries(texts).reduce((text, [name, { unpublished, published }]) => {
    const start = `<!-- from scripts/publication.mjs: ${name} -->`;
    const end = `<!-- end: ${name} -->`;
    const from = text.indexOf(start);
    if (from < 0) return text;
    const to = text.indexOf(end, from);
    if (to < 0) throw new Error(`${start} is not closed by ${end}`);
    const said = forPublished ? published : unpublished;
    const middle = said === "" ? "\n" : `\n${said}\n`;
    return text.slice(0, from + start.length) + middle + text.slice(to);
  }, page);
}
