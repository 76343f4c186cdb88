import { expect, test } from "vitest";
import { planQuestion } from "../../../src/report/text/question.ts";
import { applied, plan, project } from "../../plan/world.ts";

const create = plan(project({ key: "triage" }), []);
const removal = plan(project(), [applied({ key: "triage" })], { options: { prune: true } });
const at = (given: typeof create, environment: string, server = "https://api.example.com") => ({
  ...given,
  scope: { ...given.scope, environment, server },
});

test.each([
  [
    at(create, ""),
    "Apply this plan to acme on https://api.example.com? Type yes to go on: ",
    "yes",
  ],
  [
    at(create, "prod"),
    "Apply this plan to acme/prod on https://api.example.com? Type yes to go on: ",
    "yes",
  ],
  [
    at(create, "", "local"),
    "Apply this plan to acme on the local emulator? Type yes to go on: ",
    "yes",
  ],
  [
    at(removal, ""),
    "This deletes agents of acme on https://api.example.com. Type acme to go on: ",
    "acme",
  ],
  [
    at(removal, "prod"),
    "This deletes agents of acme/prod on https://api.example.com. Type acme/prod to go on: ",
    "acme/prod",
  ],
])("%#: names project, environment and server", (given, text, yes) => {
  expect(planQuestion(given)).toEqual({ text, yes });
});
