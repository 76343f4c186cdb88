import { describe, expect, test } from "vitest";
import { nodeReleases } from "../../scripts/node-releases.mjs";
import { installPackage } from "../package/installed.ts";
import { doMainJob, emulatorProgram } from "../package/main-job.ts";

describe.each(nodeReleases())("the packed tarball on Node $release", ({ release, program }) => {
  test("does the main job, and starts the emulator in a program", async () => {
    const installed = await installPackage(program);
    const { out: version } = await installed.node(["--version"]);
    expect(version).toMatch(new RegExp(`^v${release}\\.`));
    await doMainJob(installed);
    await installed.agentvane("init");
    installed.write("emulator.mjs", emulatorProgram);
    const { code, out, err } = await installed.node(["emulator.mjs"]);
    expect({ code, out, err }).toEqual({ code: 0, out: "Assistant 1\n", err: "" });
  });
});
