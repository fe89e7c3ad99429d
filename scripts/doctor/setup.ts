import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Setup, Variables } from "#scripts/doctor/check";
import type { LocalState } from "#scripts/local-state";
import { appUrlOf } from "#scripts/migrations";

/** Reads a setup without changing it: what is given, and what `npm start` would make of it. */
export function readSetup(environment: Variables): Setup {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value?.trim()),
  );
  const dataFolder = resolve(given.LOCKSTEP_DATA ?? ".data");
  const state = readLocalState(dataFolder);
  return { given, effective: fillIn(given, state), dataFolder, state };
}

/** Mirrors scripts/stack.ts: what is local needs nothing set, so it stands in here as filled. */
function fillIn(given: Variables, state: LocalState | undefined): Variables {
  const secret = given.LOCKSTEP_SECRET ?? state?.secret ?? "made by the first start".padEnd(32);
  const ownerUrl = given.DATABASE_URL ?? "postgresql://local";
  const localStripe = {
    STRIPE_SECRET_KEY: "sk_test_local",
    STRIPE_PUBLISHABLE_KEY: "pk_test_local",
    STRIPE_WEBHOOK_SECRET_ACCOUNT: "whsec_local",
    STRIPE_WEBHOOK_SECRET_CONNECT: "whsec_local",
  };
  return {
    ...given,
    ...(given.STRIPE_SECRET_KEY ? {} : localStripe),
    LOCKSTEP_SECRET: secret,
    LOCKSTEP_URL: given.LOCKSTEP_URL ?? `http://localhost:${given.PORT ?? 3000}`,
    DATABASE_APP_URL: given.DATABASE_APP_URL ?? appUrl(ownerUrl, secret),
  };
}

/** An address that cannot be read is named by the check of the variables, not here. */
function appUrl(ownerUrl: string, secret: string): string | undefined {
  return URL.canParse(ownerUrl) ? appUrlOf(ownerUrl, secret) : "postgresql://unreadable";
}

function readLocalState(folder: string): LocalState | undefined {
  const path = join(folder, "local.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as LocalState) : undefined;
}
