import { expect } from "vitest";
import type { StoredAgent } from "../../src/emulator/agent-state.ts";
import { acme, type Stage } from "./stage.ts";

/** The agents of a configuration, by key. */
export type Agents = Parameters<typeof acme>[0];

/** Applies these agents unattended, which has to succeed. Gives the requests that wrote. */
export async function applied(
  stage: Stage,
  agents: Agents,
  ...flags: readonly string[]
): Promise<readonly string[]> {
  stage.write(acme(agents));
  stage.takeWrites();
  const { code, out, err } = await stage.run(["apply --auto-approve", ...flags].join(" "));
  expect(code, out + err).toBe(0);
  return stage.takeWrites();
}

/** Applies these agents unattended, which has to end with 4. Gives what it complained of. */
export async function beaten(
  stage: Stage,
  agents: Agents,
  ...flags: readonly string[]
): Promise<string> {
  stage.write(acme(agents));
  stage.takeWrites();
  const { code, out, err } = await stage.run(["apply --auto-approve", ...flags].join(" "));
  expect(code, out + err).toBe(4);
  return err;
}

/** Runs a command that has to end with this code before anything is written. Gives what it complained of. */
export async function refused(
  stage: Stage,
  code: number,
  args = "apply --auto-approve",
): Promise<string> {
  stage.takeWrites();
  const outcome = await stage.run(args);
  expect(outcome.code, outcome.out + outcome.err).toBe(code);
  expect(stage.takeWrites()).toEqual([]);
  return outcome.err;
}

/** Fails unless what is written down is what stands there, and nobody touched it. */
export async function expectNothingToDo(stage: Stage): Promise<void> {
  for (const args of ["plan --detailed-exitcode", "drift --detailed-exitcode"]) {
    const { code, out, err } = await stage.run(args);
    expect(code, `${args}\n${out}${err}`).toBe(0);
  }
}

/** The agent of this name; there has to be exactly one. */
export function agentNamed(stage: Stage, name: string): StoredAgent {
  const found = stage.emulator.control
    .agents()
    .filter(({ id }) => stage.emulator.control.shown(id).name === name);
  const [agent] = found;
  if (agent === undefined || found.length > 1) throw new Error(`${found.length} agents ${name}`);
  return agent;
}

/** Where the default and the aliases of every agent stand, by name. */
export function pointers(stage: Stage): {
  readonly [name: string]: { readonly [pointer: string]: number };
} {
  const { control } = stage.emulator;
  return Object.fromEntries(
    control.agents().map(({ id, version, aliases }) => [
      String(control.shown(id).name),
      {
        default: version,
        ...Object.fromEntries(aliases.map((each) => [each.alias, each.version])),
      },
    ]),
  );
}

/** How many versions there are, of all agents together. */
export function versionCount(stage: Stage): number {
  return stage.emulator.control.agents().reduce((sum, { versions }) => sum + versions.length, 0);
}

/** The methods of writes, such as `PATCH`. */
export function methodsOf(writes: readonly string[]): readonly string[] {
  return writes.map((write) => write.split(" ")[0] ?? "");
}

/** Acts once, just before the first of the coming requests that matches is handled. */
export function justBefore(
  stage: Stage,
  matches: (request: { readonly method: string; readonly path: string }) => boolean,
  act: () => void,
): void {
  let done = false;
  stage.emulator.onRequest((request) => {
    if (done || !matches(request)) return;
    done = true;
    act();
  });
}

/** Applies unattended and kills the command at its k-th write, which never gets to the server. */
export async function killedBeforeWrite(
  stage: Stage,
  at: number,
  ...flags: readonly string[]
): Promise<void> {
  let writes = 0;
  stage.emulator.onRequest(({ method }) => {
    if (method === "GET") return;
    writes += 1;
    if (writes !== at) return;
    stage.signal("SIGKILL");
    throw new Error("killed before it was sent");
  });
  const { code, err } = await stage.run(["apply --auto-approve", ...flags].join(" "));
  expect(code, err).toBe(null);
}
