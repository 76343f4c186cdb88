import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/shells/**", "test/browser/**", "test/nodes/**"],
    globalSetup: "./scripts/compile-schemas.mjs",
    isolate: false,
    // Most of the time is spent in the commands that tests start: with one core less, half of the machine idles.
    maxWorkers: "100%",
    testTimeout: 60_000,
    reporters: ["dot", "./test/plain-reporter.ts"],
  },
});
