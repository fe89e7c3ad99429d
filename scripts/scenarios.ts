import { spawnSync } from "node:child_process";

/**
 * `npm run scenarios` tells the same stories to the local Stripe, or with STRIPE_SCENARIO_KEY to
 * the real one in test mode, and holds both to what Stripe documents.
 */
const where = process.env.STRIPE_SCENARIO_KEY ? "Stripe's test mode" : "the local Stripe";
console.log(`Running the scenarios against ${where}.`);
const ran = spawnSync("node_modules/.bin/vitest", ["run", "tests/scenarios"], { stdio: "inherit" });
process.exitCode = ran.status ?? 1;
