import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/commands/event.ts";
import { alias, applied, id, plan, project, remoteAgent, tags } from "../plan/world.ts";
import { withBrowser } from "./browser.ts";
import { pageFile } from "./page-file.ts";

const visit = withBrowser();

const attacks = [
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "</SCRIPT ><img src=x onerror=alert(1)>",
  "<!--<script>",
  "--><svg onload=alert(1)>",
  "]]><iframe src=javascript:alert(1)></iframe>",
  '"><img src=https://example.org/x.png>',
  "' onmouseover='alert(1)' autofocus onfocus='alert(1)",
  "javascript:alert(1)",
  "<style>*{display:none}</style><link rel=stylesheet href=//example.org/x.css>",
  "<base href=//example.org/><meta http-equiv=refresh content=0;url=//example.org>",
  "</noscript></pre></title><b>bold</b>",
  "<a href=javascript:alert(1)>click</a><form action=//example.org><button>go</button></form>",
  "\u202e gnp.exe \u2066 hidden \u2069 \u200b\u200d\ufeff \u2028 \u2029 \u0000 \u001b[31m",
  "__proto__ constructor toString",
  "{{7*7}} ${7*7} <%= 7*7 %>",
  "\ud800 lone",
];
const all = attacks.join("\n");
const huge = `start ${"x".repeat(200_000)} end`;

/** Whatever comes from a server or a file is an attack. */
const hostile: RunEvent = {
  kind: "planned",
  plan: plan(
    project(
      {
        key: "target",
        name: attacks.join(" "),
        instructions: `${all}\n${huge}\nnew`,
        description: attacks[1] ?? "",
        metadata: Object.fromEntries(attacks.map((attack) => [attack, attack])),
        tools: [
          { type: "function", function: { name: attacks[0] ?? "", parameters: { [all]: all } } },
        ],
        handoffs: ["other"],
        aliases: { prod: "latest" },
      },
      { key: "other", name: attacks[2] ?? "", instructions: all, handoffs: ["target"] },
      ...attacks.map((attack, at) => ({ key: `bound-${at}`, id: `ag_${attack}` })),
    ),
    [
      applied(
        { key: "target", name: "old", instructions: `${all}\n${huge}x\nold`, description: all },
        { version: 1, versions: [0, 1], handoffs: [attacks[6] ?? ""] },
      ),
      ...attacks.map((attack) =>
        remoteAgent({ id: `ag_left_${attack}`, name: attack, metadata: tags(attack) }),
      ),
    ],
    {
      scope: { server: attacks[1] ?? "", project: "acme", environment: attacks[2] ?? "" },
      aliases: new Map([[id("ag_target"), [alias("prod", 0), alias(attacks[0] ?? "", 0)]]]),
      options: { prune: true },
    },
  ),
};
const failure: RunEvent = {
  kind: "read_failed",
  failure: {
    kind: "refused",
    method: "GET",
    path: attacks[1] ?? "",
    status: 500,
    reason: all,
    requestId: attacks[2] ?? "",
    attempts: 1,
  },
};
const page = pageFile("hostile", [hostile, failure]);

/** All that the page itself is made of. */
const elements = new Set(
  "html head meta title link style body noscript pre script a header main footer section h1 h2 h3 h4 p ul ol li dl dt dd span strong bdi code kbd fieldset legend label input button div details summary table colgroup col thead tbody tr th td ins del svg defs marker path rect polygon g text".split(
    " ",
  ),
);

describe("hostile prompts, names, ids and answers do nothing", () => {
  test.each([true, false])("scripts allowed: %s", async (javaScriptEnabled) => {
    const { page: open, misdeeds } = await visit(page, { javaScriptEnabled });
    if (javaScriptEnabled) {
      await open.getByRole("button", { name: "Open all" }).click();
      await open.getByText("Unified").click();
      for (const summary of await open.locator("#graph summary, #steps summary").all()) {
        await summary.click();
      }
      expect(await open.locator("#agents table").count()).toBeGreaterThan(2);
      await open.locator("#agents summary").first().hover();
    }
    const names = (await open.evaluate(
      "[...document.querySelectorAll('*')].map((each) => each.localName)",
    )) as readonly string[];
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !elements.has(name))).toEqual([]);
    const attributes = (await open.evaluate(
      "[...document.querySelectorAll('*')].flatMap((each) => [...each.attributes].map(({ name, value }) => [name, value]))",
    )) as readonly (readonly [string, string])[];
    expect(attributes.filter(([name]) => name.startsWith("on") || name === "srcdoc")).toEqual([]);
    const links = attributes.filter(([name]) => ["href", "src", "action"].includes(name));
    expect(links.filter(([, value]) => !/^(#[a-z0-9-]+|data:,)$/.test(value))).toEqual([]);
    expect(await open.locator("body").innerText()).not.toMatch(
      /[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028\u2029\u001b]|\u200d/,
    );
    expect(await open.locator("body").innerText()).toContain("</script><script>alert(1)</script>");
    expect(misdeeds).toEqual([]);
  });

  test("a foreign script or style does not run", async () => {
    const { page: open } = await visit(page);
    const outcome = await open.evaluate(`(() => {
      const tried = [];
      const attempt = (name, act) => { try { act(); } catch (error) { tried.push(name); } };
      attempt("markup", () => { document.body.innerHTML = "<b>x</b>"; });
      attempt("script", () => {
        const script = document.createElement("script");
        script.textContent = "window.hacked = true";
        document.body.append(script);
      });
      const style = document.createElement("style");
      style.textContent = "body { display: none }";
      document.head.append(style);
      return [tried, window.hacked === true, getComputedStyle(document.body).display];
    })()`);
    expect(outcome).toEqual([["markup", "script"], false, "block"]);
  });

  test("a foreign script cannot send anything", async () => {
    const { page: open } = await visit(page);
    const failed = open.waitForEvent("requestfailed");
    const answer = await open.evaluate(`(() => {
      const image = new Image();
      image.src = "https://example.org/x.png";
      document.body.append(image);
      return fetch("https://example.org/").catch(() => "refused");
    })()`);
    expect(answer).toBe("refused");
    expect((await failed).failure()?.errorText).toBe("csp");
  });
});
