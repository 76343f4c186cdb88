import { expect, test } from "vitest";
import { commandsIn } from "./commands-of.ts";
import { notRun, otherYaml } from "./not-run.ts";
import { documentation } from "./page.ts";
import { runPage } from "./page-run.ts";

const pages = documentation();

test("there are pages, and they have commands and files to follow", () => {
  expect(pages.length).toBeGreaterThan(10);
  const infos = pages.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === "block" ? [item.info] : [])),
  );
  for (const kind of [/^sh$/, /^console$/, /^yaml agents\.yaml$/]) {
    expect(infos.filter((info) => kind.test(info)).length, `${kind}`).toBeGreaterThan(2);
  }
});

test.each(pages.filter(({ items }) => items.length > 0).map((page) => [page.name, page] as const))(
  "%s: all that it says can be done, and is what happens",
  async (_name, page) => {
    await expect(runPage(page)).resolves.toBeUndefined();
  },
);

test("nothing is excused that is not there any more", () => {
  const items = pages.flatMap((page) => page.items);
  const commands = items.flatMap(commandsIn).map(({ text }) => text);
  const yaml = items.flatMap((item) =>
    item.kind === "block" && item.info === "yaml" ? [item.text] : [],
  );
  const stale = [
    ...notRun.filter(({ command }) => !commands.some((text) => command.test(text))),
    ...otherYaml.filter(({ holds }) => !yaml.some((text) => text.includes(holds))),
  ];
  expect(stale.map(({ reason }) => reason)).toEqual([]);
});
