import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** The tests that need programs which not every machine has: zsh, fish, Chromium, other releases of Node. Run in every run of CI. */
export default defineConfig({
  test: {
    ...config.test,
    include: ["test/shells/**/*.test.ts", "test/browser/**/*.test.ts", "test/nodes/**/*.test.ts"],
    exclude: [],
  },
});
