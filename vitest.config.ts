import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/shells/**", "test/browser/**"],
    isolate: false,
    testTimeout: 60_000,
    reporters: ["dot", "./test/plain-reporter.ts"],
  },
});
