import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { compileTypes } from "#tests/sandbox/sdk/compile-types";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the SDK's types lie as data. */
    sdkTypes: string;
  }
}

const cache = "node_modules/.cache/lockstep";

/** Reads the SDK's declarations once for all test files, and again when they or the reader change. */
export function setup(project: TestProject): void {
  const own = ["compile-types.ts", "methods.ts"].map((name) => join(import.meta.dirname, name));
  const parts = ["node_modules/stripe/package.json", ...own];
  const key = createHash("sha256");
  for (const path of parts) key.update(readFileSync(path));
  const path = join(cache, `sdk-types-${key.digest("hex").slice(0, 16)}.json`);
  if (!existsSync(path)) {
    mkdirSync(cache, { recursive: true });
    const whole = `${path}.${process.pid}`;
    writeFileSync(whole, JSON.stringify(compileTypes()));
    renameSync(whole, path);
  }
  project.provide("sdkTypes", path);
}
