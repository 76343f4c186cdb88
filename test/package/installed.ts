import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Outcome, untilEnd } from "../scenarios/stage.ts";

const root = path.join(import.meta.dirname, "..", "..");

/** Nothing around a program: no HOME, no key, and no other program, since an absent PATH would mean the usual folders. */
const bare = { PATH: "/nonexistent" };

/** An empty project that has the package. */
export type Installed = {
  readonly project: string;
  /** Runs a program of Node in the project, with nothing around it: no HOME, no key, no git. */
  readonly node: (args: readonly string[]) => Promise<Outcome>;
  /** Runs the installed command. */
  readonly agentvane: (args: string) => Promise<Outcome>;
  readonly write: (file: string, text: string) => void;
};

/** Packs what was built and installs it, without a registry; what runs there is run by the given Node. */
export async function installPackage(
  nodeProgram: string = process.execPath,
): Promise<Installed & { readonly tarball: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-tarball-"));
  // Without its scripts, since they would build again what other tests are running right now.
  await mustEnd(npm(root, folder, ["pack", "--ignore-scripts", "--pack-destination", folder]));
  const [name] = readdirSync(folder).filter((each) => each.endsWith(".tgz"));
  const tarball = path.join(folder, name ?? "");
  const args = ["install", "--save-dev", "--offline", tarball];
  return { ...(await installFrom(args, nodeProgram)), tarball };
}

/** Installs the package into an empty project, by these words behind `npm`. */
export async function installFrom(
  args: readonly string[],
  nodeProgram: string = process.execPath,
): Promise<Installed> {
  const folder = mkdtempSync(path.join(tmpdir(), "agentvane-package-"));
  const project = path.join(folder, "acme");
  mkdirSync(project);
  const write = (file: string, text: string) => writeFileSync(path.join(project, file), text);
  write("package.json", JSON.stringify({ name: "acme", private: true, type: "module" }));
  await mustEnd(npm(project, folder, args));
  const node = (args: readonly string[]) =>
    untilEnd(
      spawn(nodeProgram, args, { cwd: project, env: bare, stdio: ["ignore", "pipe", "pipe"] }),
    );
  const command = path.join(project, "node_modules", "agentvane", "dist", "agentvane.cjs");
  return {
    project,
    node,
    write,
    agentvane: (args) => node([command, ...args.split(" ")]),
  };
}

/** Gives the project a package of this repository, as if it had been installed there. */
export function lend({ project }: Installed, name: string): void {
  symlinkSync(path.join(root, "node_modules", name), path.join(project, "node_modules", name));
}

/** A program of a package of this repository. */
export function programOf(name: string): string {
  return path.join(root, "node_modules", name);
}

async function mustEnd(ending: Promise<Outcome>): Promise<void> {
  const { code, err } = await ending;
  if (code !== 0) throw new Error(err);
}

function npm(cwd: string, home: string, args: readonly string[]): Promise<Outcome> {
  const { PATH } = process.env;
  const settings = ["--no-audit", "--no-fund", "--no-update-notifier"];
  const env = { PATH, npm_config_cache: path.join(home, "cache") };
  return untilEnd(
    spawn("npm", [...args, ...settings], { cwd, env, stdio: ["ignore", "pipe", "pipe"] }),
  );
}
