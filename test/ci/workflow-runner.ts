import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { untilEnd } from "../scenarios/stage.ts";
import { type Contexts, filledIn, holds } from "./github-language.ts";
import { readOutputs } from "./runner-log.ts";

export type Step = {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
};

type Job = {
  readonly needs?: string;
  readonly if?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
};

export type Workflow = { readonly jobs: Readonly<Record<string, Job>> };

type Action = {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

/** Where workflows run: a checkout, what happened, and what the forge keeps. */
export type RunnerWorld = {
  readonly checkout: string;
  /** A folder for everything else. */
  readonly folder: string;
  readonly eventName: string;
  readonly event: object;
  /** More of the github context. */
  readonly github: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** More variables of every step. */
  readonly variables: Readonly<Record<string, string>>;
};

export type JobResult = {
  readonly result: "success" | "failure" | "skipped";
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
};

type StepResult = {
  readonly failed: boolean;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
};

const root = path.join(import.meta.dirname, "..", "..");
let runs = 0;

/** Runs a workflow as far as a machine without GitHub can, jobs one after another; a matrix is a job each. */
export async function runWorkflow(
  text: string,
  world: RunnerWorld,
): Promise<Readonly<Record<string, JobResult>>> {
  const { jobs } = parse(text) as Workflow;
  const results: Record<string, JobResult> = {};
  for (const [id, job] of Object.entries(jobs)) {
    for (const matrix of combinations(job)) {
      const name = [id, ...Object.values(matrix)].join("-");
      results[name] = await runJob(job, world, matrix, results);
    }
  }
  return results;
}

/** What somebody typed on the Actions page. */
function inputsOf(event: object): object {
  return "inputs" in event && typeof event.inputs === "object" ? (event.inputs ?? {}) : {};
}

/** Of a matrix with one list. */
function combinations({ strategy }: Job): readonly Readonly<Record<string, string>>[] {
  const [list] = Object.entries(strategy?.matrix ?? {});
  return list === undefined ? [{}] : list[1].map((value) => ({ [list[0]]: value }));
}

async function runJob(
  job: Job,
  world: RunnerWorld,
  matrix: object,
  before: Readonly<Record<string, JobResult>>,
): Promise<JobResult> {
  const base: Contexts = {
    github: {
      token: "token-of-the-workflow",
      repository: "acme/agents",
      event_name: world.eventName,
      event: world.event,
      ...world.github,
    },
    secrets: world.secrets,
    inputs: inputsOf(world.event),
    needs: before,
    matrix,
  };
  const needed = job.needs === undefined ? undefined : before[job.needs]?.result;
  const went = needed === undefined || needed === "success";
  const { needs: _needs, ...contexts } = base;
  if (!(await holds(job.if, base, statusOf(!went)))) {
    return { result: "skipped", log: "", summary: "", outputs: {} };
  }
  const end = await runSteps(job.steps, { ...contexts, needs: base.needs }, world);
  const outputs = await eachFilledIn(job.outputs ?? {}, { ...base, steps: end.steps });
  const { log, summary } = end;
  return { result: end.failed ? "failure" : "success", log, summary, outputs };
}

async function runSteps(steps: readonly Step[], contexts: Contexts, world: RunnerWorld) {
  const done: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  let [failed, log, summary] = [false, "", ""];
  for (const step of steps) {
    const known = { ...contexts, steps: done };
    if (!(await holds(step.if, known, statusOf(failed)))) continue;
    const result = await runStep(step, known, world);
    failed ||= result.failed;
    log += result.log;
    summary += result.summary;
    if (step.id !== undefined) done[step.id] = { outputs: result.outputs };
  }
  return { failed, log, summary, steps: done };
}

async function runStep(step: Step, contexts: Contexts, world: RunnerWorld): Promise<StepResult> {
  const variables = await eachFilledIn(step.env ?? {}, contexts);
  if (step.run !== undefined) {
    return runScript(step, await filledIn(step.run, contexts), contexts, {
      ...world,
      variables: { ...world.variables, ...variables },
    });
  }
  const inputs = await eachFilledIn(step.with ?? {}, contexts);
  const [name = ""] = (step.uses ?? "").split("@");
  if (name === "agentvane/agentvane" || name.startsWith("./")) {
    const place = name.startsWith("./") ? path.join(world.checkout, name) : root;
    return runAction(place, inputs, contexts, {
      ...world,
      variables: { ...world.variables, ...variables, GITHUB_ACTION_PATH: place },
    });
  }
  const stand = standIns[name];
  if (stand === undefined) throw new Error(`nothing stands in for ${step.uses}`);
  return { log: "", summary: "", outputs: {}, failed: !stand(inputs, world) };
}

/** Actions of others, as far as our workflows need them; false is a failure. */
const standIns: {
  readonly [name: string]: (
    inputs: Readonly<Record<string, string>>,
    world: RunnerWorld,
  ) => boolean;
} = {
  "actions/checkout": () => true,
  "actions/setup-node": () => true,
  "actions/upload-artifact": ({ name = "", path: file = "" }, world) => {
    const kept = path.join(artifactsOf(world), name);
    if (file === "") return false;
    mkdirSync(kept, { recursive: true });
    copyFileSync(path.resolve(world.checkout, file), path.join(kept, path.basename(file)));
    return true;
  },
  "actions/download-artifact": ({ name = "", path: target = "" }, world) => {
    const kept = path.join(artifactsOf(world), name);
    const to = path.resolve(world.checkout, target);
    mkdirSync(to, { recursive: true });
    for (const file of readdirSync(kept)) copyFileSync(path.join(kept, file), path.join(to, file));
    return true;
  },
};

/** Where artifacts are kept, a folder for each. */
export function artifactsOf({ folder }: RunnerWorld): string {
  return path.join(folder, "artifacts");
}

/** The action of this repository, composite, from its own checkout or from an installed package. */
async function runAction(
  place: string,
  given: Readonly<Record<string, string>>,
  contexts: Contexts,
  world: RunnerWorld,
): Promise<StepResult> {
  const action = parse(readFileSync(path.join(place, "action.yml"), "utf8")) as Action;
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(", ")}`);
  const { github } = contexts;
  const defaults = Object.entries(action.inputs).map(([name, { default: text = "" }]) => [
    name,
    text,
  ]);
  const inputs = {
    ...(await eachFilledIn(Object.fromEntries(defaults), { github })),
    ...given,
  };
  const end = await runSteps(action.runs.steps, { github, inputs }, world);
  const values = Object.entries(action.outputs).map(([name, { value }]) => [name, value]);
  const outputs = await eachFilledIn(Object.fromEntries(values), { steps: end.steps });
  return { failed: end.failed, log: end.log, summary: end.summary, outputs };
}

async function runScript(
  { shell }: Step,
  script: string,
  contexts: Contexts,
  world: RunnerWorld,
): Promise<StepResult> {
  runs += 1;
  const file = (name: string) => path.join(world.folder, `${name}-${runs}`);
  const files = { script: file("script"), outputs: file("outputs"), summary: file("summary") };
  writeFileSync(files.script, script);
  writeFileSync(files.outputs, "");
  writeFileSync(files.summary, "");
  writeFileSync(file("event"), JSON.stringify(world.event));
  const flags = shell === "bash" ? ["--noprofile", "--norc", "-e", "-o", "pipefail"] : ["-e"];
  const { sha = "", actor = "jo" } = contexts.github as Readonly<Record<string, string>>;
  const child = spawn("bash", [...flags, files.script], {
    cwd: world.checkout,
    env: {
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: world.eventName,
      GITHUB_EVENT_PATH: file("event"),
      GITHUB_OUTPUT: files.outputs,
      GITHUB_REPOSITORY: "acme/agents",
      GITHUB_RUN_ID: "77",
      GITHUB_SERVER_URL: "https://forge.example.test",
      GITHUB_ACTOR: actor,
      GITHUB_SHA: sha,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_WORKSPACE: world.checkout,
      RUNNER_TEMP: world.folder,
      ...world.variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { code, out, err } = await untilEnd(child);
  return {
    failed: code !== 0,
    log: `${err}\n${out}`,
    summary: readFileSync(files.summary, "utf8"),
    outputs: readOutputs(readFileSync(files.outputs, "utf8")),
  };
}

async function eachFilledIn(
  texts: Readonly<Record<string, unknown>>,
  contexts: Contexts,
): Promise<Record<string, string>> {
  const entries = Object.entries(texts).map(async ([name, text]) => [
    name,
    await filledIn(String(text), contexts),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

function statusOf(failed: boolean) {
  return { success: !failed, failure: failed, cancelled: false, always: true };
}
