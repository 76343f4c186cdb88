import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import type { Control } from "../../src/emulator/control.ts";
import type { EditInPlace } from "./meddling.ts";
import { isOurs } from "./sight.ts";
import type { Deed } from "./trouble.ts";

/** To whom something was done, and the version that was made of it. */
type Done = {
  readonly id: string;
  readonly version: number | undefined;
  readonly inPlace?: Omit<EditInPlace, "after">;
};

/** Does what somebody else does; undefined when there is nobody to do it to. */
export function doDeed(control: Control, deed: Deed): Done | undefined {
  const ours = control.agents().filter(isOurs);
  const agent = ours[deed.agent % Math.max(ours.length, 1)];
  if (agent === undefined) return undefined;
  const { id } = agent;
  switch (deed.does) {
    case "edit": {
      const description = `edit ${agent.versions.length}`;
      return { id, version: control.editAgent(id, { description }).version };
    }
    case "edit_in_place": {
      const at = agent.versions.findIndex(({ version }) => version === agent.version);
      const version = agent.versions[Math.max(0, at - deed.back)]?.version ?? agent.version;
      const description = `in place, of ${agent.versions.length}`;
      control.editInPlace(id, { description }, version);
      if (version !== agent.version) return { id, version: undefined };
      const newest = agent.versions.at(-1)?.version ?? version;
      return { id, version: undefined, inPlace: { description, newest } };
    }
    case "move_alias":
      control.setAlias(id, deed.alias, versionAt(agent, deed.to));
      return { id, version: undefined };
    case "switch":
      control.switchVersion(id, versionAt(agent, deed.to));
      return { id, version: undefined };
    case "delete":
      control.remove(id);
      return { id, version: undefined };
  }
}

function versionAt({ versions }: StoredAgent, place: number): number {
  return versions[place % versions.length]?.version ?? 0;
}
