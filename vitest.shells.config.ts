import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** The tests that need shells which not every machine has: `npm run test:shells`, and every run of CI. */
export default defineConfig({
  test: { ...config.test, include: ["test/shells/**/*.test.ts"], exclude: [] },
});
