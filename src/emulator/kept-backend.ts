import { answerJson } from "./answers.ts";
import { type Backend, createBackend } from "./backend.ts";
import { createBatches } from "./batches.ts";
import type { Behaviour } from "./behaviour.ts";
import type { EmulatedCall } from "./call.ts";
import type { EmulatorOptions } from "./emulator-options.ts";
import type { JsonObject } from "./json.ts";
import { createRoutes } from "./routes.ts";
import { readState, writeState } from "./saved-state.ts";
import { createSaver } from "./saver.ts";
import { unsharedState } from "./shared-state.ts";

/** A backend, and the function that carries out a call on it. */
export type KeptBackend = {
  readonly backend: Backend;
  readonly commit: (call: EmulatedCall, altered?: JsonObject) => Promise<Response>;
  readonly saved: () => Promise<void>;
};

/**
 * A backend that saves each change before it answers. If other processes change the state too, each change of an agent
 * starts from what they saved; entries that a conversation adds are saved besides theirs.
 */
export function createKeptBackend(
  options: EmulatorOptions,
  behaviour: () => Behaviour,
): KeptBackend {
  const { shared = unsharedState, save = () => {} } = options;
  let changes = 0;
  const { catalogue, conversations = [], ...stored } = readState(options.saved);
  const backend = createBackend(options, {
    stored,
    conversations,
    script: options.conversations ?? [],
    catalogue,
    behaviour,
    changed: () => {
      changes += 1;
      if (!batches.isChanging()) saver.changed();
    },
    sleep: options.sleep ?? (async () => {}),
  });
  const refresh = () => {
    const news = shared.news();
    if (news !== undefined) backend.refresh(readState(news));
  };
  let written = 0;
  const write = async () => {
    const upTo = changes;
    const handBack = backend.takeChanges();
    try {
      await save(writeState(backend.plain()));
      written = upTo;
    } catch (error) {
      handBack();
      throw error;
    }
  };
  const writeIfChanged = async () => {
    if (changes > written) await write();
  };
  const batches = createBatches(shared.alone, { refresh, save: writeIfChanged });
  const saver = createSaver(
    options.save &&
      (() =>
        shared.alone(async () => {
          refresh();
          await write();
        })),
  );
  const routes = createRoutes(backend);
  const commitSaved = async (call: EmulatedCall, altered?: JsonObject): Promise<Response> => {
    const before = changes;
    const answer = await routes(call, altered);
    return changes === before ? answer : saver.saved().then(() => answer, notSaved);
  };
  const commitShared = async (call: EmulatedCall, altered?: JsonObject): Promise<Response> => {
    if (isAgentChange(call)) return batches.run(() => routes(call, altered)).catch(notSaved);
    try {
      refresh();
    } catch (error) {
      return notSaved(error);
    }
    return commitSaved(call, altered);
  };
  const commit = options.shared === undefined ? commitSaved : commitShared;
  return { backend, commit, saved: saver.saved };
}

function notSaved(error: unknown): Response {
  const reason = error instanceof Error ? error.message : String(error);
  return answerJson({ object: "Error", message: `Not saved: ${reason}`, code: 3000 }, 500);
}

function isAgentChange({ method, path }: EmulatedCall): boolean {
  return method !== "GET" && path.startsWith("/v1/agents");
}
