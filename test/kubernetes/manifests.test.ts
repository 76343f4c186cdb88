import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CronJob } from "kubernetes-models/batch/v1/CronJob";
import { Job } from "kubernetes-models/batch/v1/Job";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { exitMeanings } from "../../src/report/exit-meanings.ts";
import { type Stage, setStage } from "../scenarios/stage.ts";
import { documented, jobOf, type Manifest, manifests } from "./documented-manifests.ts";

const root = path.join(import.meta.dirname, "..", "..");

/** What the schemas of Kubernetes say is wrong: a value of another type or form. */
function schemaError(manifest: Manifest): string | undefined {
  const given = manifest as unknown;
  const model =
    manifest.kind === "Job"
      ? new Job(given as ConstructorParameters<typeof Job>[0])
      : new CronJob(given as ConstructorParameters<typeof CronJob>[0]);
  try {
    model.validate();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What the compiler says of manifests as literals of the types of Kubernetes: fields that they do not have. */
function unknownFields(all: readonly (readonly [string, Manifest])[]): string {
  const folder = mkdtempSync(path.join(root, "node_modules", ".manifests-"));
  try {
    const lines = all.map(
      ([, each], at) =>
        `export const m${at}: I${each.kind} = ${JSON.stringify(each, undefined, 2)};`,
    );
    const imports = ["Job", "CronJob"].map(
      (kind) => `import type { I${kind} } from "kubernetes-models/batch/v1/${kind}";`,
    );
    writeFileSync(path.join(folder, "manifests.ts"), [...imports, ...lines].join("\n"));
    const compiler = path.join(root, "node_modules", ".bin", "tsc");
    const flags = "--noEmit --strict --skipLibCheck --module nodenext --target es2022 --types node";
    const file = path.join(folder, "manifests.ts");
    const { stdout, error } = spawnSync(compiler, [...flags.split(" "), "--ignoreConfig", file], {
      encoding: "utf8",
    });
    if (error !== undefined) throw error;
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("there is something to check, and the checks find mistakes", () => {
  expect(manifests.map(([name]) => name)).toEqual([
    "kubernetes/apply.yaml",
    "kubernetes/drift.yaml",
    "kubernetes/pull.yaml",
  ]);
  const drift = documented.get("kubernetes/drift.yaml") ?? "";
  const wrong = parse(drift.replace("runAsNonRoot: true", 'runAsNonRoot: "yes"')) as Manifest;
  expect(schemaError(wrong)).toContain("must be boolean");
  const misspelled = parse(drift.replace("readOnlyRootFilesystem", "readOnlyFileSystem"));
  expect(unknownFields([["x", misspelled as Manifest]])).toContain("readOnlyFileSystem");
});

test("no manifest has a field that Kubernetes does not know", () => {
  expect(unknownFields(manifests)).toBe("");
});

describe.each(manifests)("%s", (_name, manifest) => {
  const job = jobOf(manifest);
  const pod = job.template.spec;
  const containers = [...(pod.initContainers ?? []), ...pod.containers];

  test("is valid by the schemas of Kubernetes", () => {
    expect(schemaError(manifest)).toBeUndefined();
  });

  test("runs with no more rights than it needs", () => {
    expect(pod).toMatchObject({
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    for (const { securityContext } of containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    }
  });

  test("mounts what there is, and gives up on exit codes that exist", () => {
    const volumes = pod.volumes.map(({ name }) => name);
    for (const { volumeMounts } of containers) {
      for (const { name } of volumeMounts) expect(volumes).toContain(name);
    }
    const codes = job.podFailurePolicy?.rules.flatMap(({ onExitCodes }) => onExitCodes.values);
    for (const code of codes ?? []) expect(Object.keys(exitMeanings)).toContain(String(code));
  });
});

describe("the files of the ConfigMap", () => {
  const { configMapGenerator: generators, resources } = parse(
    documented.get("kustomization.yaml") ?? "",
  ) as {
    readonly configMapGenerator: readonly { readonly name: string; readonly files: string[] }[];
    readonly resources: readonly string[];
  };
  const keys = new Map(
    generators[0]?.files.map((each) => {
      const [key = "", file = key] = each.split("=");
      return [key, file] as const;
    }),
  );
  const mounts = manifests.flatMap(([name, manifest]) =>
    jobOf(manifest).template.spec.volumes.flatMap(({ configMap }) =>
      configMap === undefined ? [] : [[name, configMap] as const],
    ),
  );

  test("are mounted where they came from, in each manifest that kustomize is told of", () => {
    expect(mounts.map(([name]) => name)).toEqual(resources);
    for (const [, { name, items }] of mounts) {
      expect(name).toBe(generators[0]?.name);
      expect(new Map(items.map(({ key, path: file }) => [key, file]))).toEqual(keys);
    }
  });
});

describe("their commands, on files as a ConfigMap lays them out", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
    mount("Route each customer.");
  });
  afterEach(() => stage.close());

  /** As the kubelet does it: a hidden folder, a link to it, and links to what is in it. */
  function mount(prompt: string): void {
    for (const name of readdirSync(stage.folder)) {
      rmSync(path.join(stage.folder, name), { recursive: true });
    }
    const hidden = "..2026_11_30_04_17_00.123456789";
    mkdirSync(path.join(stage.folder, hidden, "prompts"), { recursive: true });
    const file = "version: 1\nproject: acme\nagents:\n  triage:\n    model: m\n";
    const agents = `${file}    instructions: { file: prompts/triage.md }\n    aliases: [prod]\n`;
    writeFileSync(path.join(stage.folder, hidden, "agents.yaml"), agents);
    writeFileSync(path.join(stage.folder, hidden, "prompts", "triage.md"), `${prompt}\n`);
    symlinkSync(hidden, path.join(stage.folder, "..data"));
    for (const name of ["agents.yaml", "prompts"]) {
      symlinkSync(`..data/${name}`, path.join(stage.folder, name));
    }
  }

  const argsOf = (name: string) => {
    const manifest = new Map(manifests).get(name);
    if (manifest === undefined) throw new Error(name);
    return (jobOf(manifest).template.spec.containers[0]?.args ?? []).join(" ");
  };

  test("apply, drift, apply again, and drift that is found", async () => {
    const homes = ["home", "tmp"].map((name) =>
      mkdtempSync(path.join(tmpdir(), `agentvane-${name}-`)),
    );
    const [HOME = "", TMPDIR = ""] = homes;
    const before = readdirSync(stage.folder);
    const run = async (name: string) => (await stage.run(argsOf(name), { HOME, TMPDIR })).code;
    expect(await run("kubernetes/apply.yaml")).toBe(0);
    expect(await run("kubernetes/drift.yaml")).toBe(0);
    mount("Route each customer well.");
    expect(await run("kubernetes/drift.yaml")).toBe(0);
    expect(await run("kubernetes/apply.yaml")).toBe(0);
    const [agent] = stage.emulator.control.agents();
    expect(agent?.version).toBe(1);
    stage.emulator.control.editAgent(agent?.id ?? "", { description: "edited in the console" });
    expect(await run("kubernetes/drift.yaml")).toBe(2);
    expect(await run("kubernetes/apply.yaml")).toBe(4);
    // Nothing is written to a disk, so the file system may be read-only.
    expect(readdirSync(stage.folder)).toEqual(before);
    for (const home of homes) {
      expect(readdirSync(home)).toEqual([]);
      rmSync(home, { recursive: true });
    }
  });

  test("two that meet: none is left half way, and the next one finds nothing to do", async () => {
    const ends = await Promise.all([1, 2].map(() => stage.run(argsOf("kubernetes/apply.yaml"))));
    for (const { code, err } of ends) expect([0, 4], err).toContain(code);
    const next = await stage.run(argsOf("kubernetes/apply.yaml"));
    expect(next.code, next.err).toBe(0);
    const [agent, ...others] = stage.emulator.control.agents();
    expect(others).toEqual([]);
    expect(agent?.aliases.map(({ alias, version }) => [alias, version])).toEqual([["prod", 0]]);
    expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
  });
});

test("the clone is one that git and a shell understand", () => {
  const pull = new Map(manifests).get("kubernetes/pull.yaml");
  const [clone] = pull === undefined ? [] : (jobOf(pull).template.spec.initContainers ?? []);
  const script = clone?.args[0] ?? "";
  expect(clone?.command).toEqual(["/bin/sh", "-euc"]);
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-clone-"));
  const git = (...args: string[]) => spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  try {
    git("init", "-q", "-b", "main", "origin");
    const identity = ["-c", "user.name=x", "-c", "user.email=x@example.test"];
    git("-C", "origin", ...identity, "commit", "-q", "--allow-empty", "-m", "one");
    const here = script.replaceAll("/repo/", `${folder}/`);
    const { status, stderr } = spawnSync("/bin/sh", ["-euc", here], {
      env: { PATH: process.env.PATH, HOME: folder, GIT_URL: `${folder}/origin`, GIT_TOKEN: "t" },
      encoding: "utf8",
    });
    expect(status, stderr).toBe(0);
    expect(git("-C", "checkout", "log", "--format=%s").stdout).toBe("one\n");
    expect(git("-C", "checkout", "config", "--list").stdout).not.toContain("password");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
