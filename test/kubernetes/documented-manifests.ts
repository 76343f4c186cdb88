import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** A container, as far as the tests look at it. */
export type Container = {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly workingDir?: string;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
};

/** A pod, as far as the tests look at it. */
export type Pod = {
  readonly restartPolicy: string;
  readonly automountServiceAccountToken: boolean;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly {
    readonly name: string;
    readonly configMap?: {
      readonly name: string;
      readonly items: readonly { readonly key: string; readonly path: string }[];
    };
  }[];
};

type JobSpec = {
  readonly podFailurePolicy?: {
    readonly rules: readonly { readonly onExitCodes: { readonly values: readonly number[] } }[];
  };
  readonly template: { readonly spec: Pod };
};

/** A Job or a CronJob of docs/kubernetes.md. */
export type Manifest = {
  readonly kind: "Job" | "CronJob";
  readonly spec: JobSpec & { readonly jobTemplate?: { readonly spec: JobSpec } };
};

const page = readFileSync(
  path.join(import.meta.dirname, "..", "..", "docs", "kubernetes.md"),
  "utf8",
);

/** The files of docs/kubernetes.md, by the name in their first line. */
export const documented: ReadonlyMap<string, string> = new Map(
  [...page.matchAll(/^```yaml\n# (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = "", text = ""]) => [
    name,
    text,
  ]),
);

/** Those that a cluster gets. */
export const manifests: readonly (readonly [string, Manifest])[] = [...documented]
  .filter(([name]) => name.startsWith("kubernetes/"))
  .map(([name, text]) => [name, parse(text) as Manifest]);

/** What a manifest says of its jobs. */
export function jobOf({ spec }: Manifest): JobSpec {
  return spec.jobTemplate?.spec ?? spec;
}
