import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";
import { filesOfPureTests } from "./tests/support/pure-tests.ts";

const pure = filesOfPureTests();

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 30_000,
    fileParallelism: true,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "product",
          include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
          exclude: ["tests/e2e/**", "tests/sandbox/**", "node_modules/**", ...pure],
          globalSetup: ["tests/support/global-setup.ts"],
        },
      },
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: "local stripe",
          include: ["tests/sandbox/**/*.test.ts"],
          globalSetup: ["tests/sandbox/sdk/global-setup.ts"],
          // Each file starts a sandbox of its own and shares nothing with others, so modules are
          // loaded once for all: to load them takes longer than most of these files.
          isolate: false,
        },
      },
    ],
  },
});
