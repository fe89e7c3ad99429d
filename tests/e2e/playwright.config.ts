import { defineConfig } from "@playwright/test";
import { browserFlags } from "#scripts/browser";

const executablePath = process.env.CHROMIUM_PATH;

/**
 * A page is loaded, looked at and left: what the browser's compilers would make of its scripts on
 * other threads is thrown away before it has paid. Scripts do the same without, for a fifth less.
 */
const thrifty = "--js-flags=--no-maglev,--no-turbofan,--single-threaded";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  globalSetup: "./global-setup.ts",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  outputDir: "../../test-results",
  use: {
    // A trace costs a third of the run; `--trace on` records one when a failure needs it.
    trace: "off",
    screenshot: "only-on-failure",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      args: [...browserFlags, thrifty],
      ...(executablePath ? { executablePath } : {}),
    },
  },
});
