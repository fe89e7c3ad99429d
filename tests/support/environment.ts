import { type Env, replaceEnv } from "#lib/env";

/** A complete environment of a local installation, with which every part of the house works. */
export const localEnvironment = {
  NODE_ENV: "test",
  LOCKSTEP_URL: "http://localhost:3000",
  LOCKSTEP_SECRET: "a secret of the tests, thirty-two or more",
  DATABASE_APP_URL: "postgresql://unused",
  STRIPE_SECRET_KEY: "sk_test_local",
  STRIPE_PUBLISHABLE_KEY: "pk_test_local",
  STRIPE_WEBHOOK_SECRET_ACCOUNT: "whsec_account",
  STRIPE_WEBHOOK_SECRET_CONNECT: "whsec_connect",
  STRIPE_API_BASE: "http://127.0.0.1:12111",
} as const;

/** Makes the process's environment a local one but for what is named; an empty value unsets. */
export function setEnvironment(over: Partial<Record<keyof Env, string>>): Env {
  return replaceEnv({ ...localEnvironment, ...over });
}
