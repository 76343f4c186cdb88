import type { JsonObject } from "../../src/agent/json.ts";
import type { Control } from "../../src/emulator/control.ts";
import { nameOf } from "./fleet.ts";
import type { Stranger } from "./story.ts";

/** Puts agents on a server that are not ours. Where we have no environment, one with ours in it is refused. */
export function seedStrangers(
  control: Control,
  strangers: readonly Stranger[],
  environment: string,
): void {
  for (const stranger of strangers) {
    if (stranger === "other_environment" && environment === "") continue;
    control.seedAgent({ versions: [contents[stranger]] });
  }
}

const model = "mistral-small-latest";

function tagged(project: string, environment: string): JsonObject {
  const tags = { project, environment, key: "a", version: "0", spec: "", create: "theirs" };
  return Object.fromEntries(Object.entries(tags).map(([tag, text]) => [`agentvane.${tag}`, text]));
}

const contents: { readonly [Name in Stranger]: JsonObject } = {
  nobody: { name: "Nobody's", model, instructions: "Be kind." },
  namesake: { name: nameOf(0), model, metadata: { team: "x" } },
  other_project: { name: nameOf(0), model, metadata: tagged("globex", "") },
  other_environment: { name: nameOf(1), model, metadata: tagged("acme", "other") },
};
