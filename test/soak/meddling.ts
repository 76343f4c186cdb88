import type { Emulator } from "../../src/emulator/emulator.ts";
import { doDeed } from "./deed.ts";
import { isOurs, type Register } from "./sight.ts";
import type { Time } from "./time.ts";
import type { Deed, Trouble } from "./trouble.ts";

/** What others did to agents during a run. */
export type Disturbance = {
  /** The agents they laid hands on. */
  readonly touched: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
  /** The newest version that they made of each agent. */
  readonly edits: ReadonlyMap<string, number>;
  /** What they wrote into a default version in place, and the newest version there was then. */
  readonly inPlace: ReadonlyMap<string, EditInPlace>;
  /** How many versions they made. */
  readonly versions: number;
};

export type EditInPlace = {
  readonly description: string;
  readonly newest: number;
  /** How many requests the server had seen by then. */
  readonly after: number;
};

/** Others at work beside a run: lets them do what they do before a request, and knows what they did. */
export type Meddling = {
  readonly before: (request: number) => void;
  readonly disturbance: () => Disturbance;
};

/** Others who do what the troubles say. Another apply at the same time lays hands on the whole fleet. */
export function createMeddling(
  { control, requests }: Emulator,
  register: Register,
  troubles: readonly Trouble[],
  time: Time,
): Meddling {
  const touched = new Set<string>();
  const deleted = new Set<string>();
  const edits = new Map<string, number>();
  const inPlace = new Map<string, EditInPlace>();
  let versions = 0;
  const from = requests.length;
  const hasRival = troubles.some(({ kind }) => kind === "rival");
  const act = (deed: Deed) => {
    register.note();
    // A hand takes longer than a request: what is written within one second of a create is the create's.
    if (deed.does === "edit_in_place") time.pass(2_000);
    const done = doDeed(control, deed);
    if (done === undefined) return;
    touched.add(done.id);
    if (deed.does === "delete") deleted.add(done.id);
    if (done.inPlace !== undefined) {
      inPlace.set(done.id, { ...done.inPlace, after: requests.length - from });
    }
    if (done.version === undefined) return;
    edits.set(done.id, done.version);
    versions += 1;
  };
  return {
    before: (request) => {
      for (const trouble of troubles) {
        if (trouble.kind === "deed" && trouble.before === request) act(trouble.deed);
      }
    },
    disturbance: () => {
      const all = hasRival ? control.agents().filter(isOurs) : [];
      return {
        touched: new Set([...touched, ...all.map(({ id }) => id)]),
        deleted,
        edits,
        inPlace,
        versions,
      };
    },
  };
}
