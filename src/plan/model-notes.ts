import type { AgentKey } from "../agent/identity.ts";
import { isList, isObject, type Json } from "../agent/json.ts";
import type { Model } from "../agent/model.ts";
import type { AgentPlan } from "./agent-plan.ts";
import { groupBy } from "./group-by.ts";
import type { Refusal } from "./refusal.ts";

/** A model that agents use and may not be able to use for long, or not for all they do. */
export type ModelNote = {
  readonly model: string;
  /** The agents that use it, sorted. */
  readonly keys: readonly AgentKey[];
} & (
  | {
      readonly kind: "model_deprecated";
      /** As the server writes it. */
      readonly date: string | undefined;
      readonly replacement: string | undefined;
    }
  | { readonly kind: "model_archived" }
  /** The agents of this note have functions. */
  | { readonly kind: "model_without_functions" }
);

/** An agent, the model that it runs on, and whether it has functions to call. */
export type ModelUse = {
  readonly key: AgentKey;
  readonly model: Json | undefined;
  readonly tools: Json | undefined;
};

/** What the server says about models that agents use: one note a model and concern, however many agents share it. */
export function modelNotes(
  uses: readonly ModelUse[],
  models: readonly Model[] | undefined,
): readonly ModelNote[] {
  const byModel = [...groupBy(uses, ({ model }) => model)].flatMap(([name, users]) => {
    const found = typeof name === "string" ? modelOf(name, models ?? []) : undefined;
    return found === undefined || typeof name !== "string" ? [] : [{ name, found, users }];
  });
  return byModel
    .flatMap(({ name, found, users }): readonly ModelNote[] => {
      const keys = keysOf(users);
      const callers = keysOf(users.filter(hasFunctions));
      return [
        ...(found.deprecation === undefined
          ? []
          : [{ kind: "model_deprecated", model: name, keys, ...found.deprecation } as const]),
        ...(found.isArchived ? [{ kind: "model_archived", model: name, keys } as const] : []),
        ...(found.canCallFunctions || callers.length === 0
          ? []
          : [{ kind: "model_without_functions", model: name, keys: callers } as const]),
      ];
    })
    .sort((left, right) => (left.model < right.model ? -1 : left.model > right.model ? 1 : 0));
}

/** What the agents of a plan will run on once it is carried out. */
export function modelUses(plans: readonly AgentPlan[]): readonly ModelUse[] {
  return plans.flatMap(modelUse);
}

function modelUse(plan: AgentPlan): readonly ModelUse[] {
  switch (plan.action) {
    case "create": {
      const { model, tools } = plan.definition;
      return [{ key: plan.key, model, tools }];
    }
    case "update":
    case "rename":
    case "reuse": {
      const { model, tools } = plan.target;
      return [{ key: plan.key, model, tools }];
    }
    case "noop":
    case "adopt": {
      const { model, tools } = plan.remote;
      return [{ key: plan.key, model, tools }];
    }
    case "delete":
    case "orphan":
    case "forget":
      return [];
  }
}

/**
 * The models that are gone at a time, in milliseconds. One that goes at an unknown time counts: nobody can say that
 * it stays.
 */
export function retiringModels(notes: readonly ModelNote[], by: number): readonly Refusal[] {
  return notes.flatMap((note) => retiring(note, by));
}

function retiring(note: ModelNote, by: number): readonly Refusal[] {
  const { model, keys } = note;
  switch (note.kind) {
    case "model_archived":
      return [{ kind: "model_retires", model, keys, date: undefined, replacement: undefined }];
    case "model_deprecated": {
      const { date, replacement } = note;
      return goesBy(date, by) ? [{ kind: "model_retires", model, keys, date, replacement }] : [];
    }
    case "model_without_functions":
      return [];
  }
}

function goesBy(date: string | undefined, by: number): boolean {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) || time <= by;
}

/** A model's own row tells more than one that has its name as an alias. */
function modelOf(name: string, models: readonly Model[]): Model | undefined {
  return models.find(({ id }) => id === name) ?? models.find((each) => each.aliases.includes(name));
}

function keysOf(users: readonly ModelUse[]): readonly AgentKey[] {
  return users.map(({ key }) => key).sort();
}

function hasFunctions({ tools }: ModelUse): boolean {
  return isList(tools) && tools.some((tool) => isObject(tool) && tool.type === "function");
}
