import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/shells/**", "test/browser/**", "test/nodes/**"],
    globalSetup: ["./scripts/compile-schemas.mjs", "./test/temporary-folder.ts"],
    isolate: false,
    // Most of the time is spent in the commands that tests start: with one core less, half of the machine idles.
    maxWorkers: "100%",
    // They end what hangs, and nothing else: a page of docs/ takes minutes on a machine that is busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ["dot", "./test/plain-reporter.ts"],
  },
});
