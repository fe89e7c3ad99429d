import { expect, test } from "vitest";
import { faultsOf, parseEnv } from "#lib/env";
import { localEnvironment } from "#tests/support/environment";

const parse = (over: Record<string, string | undefined>) =>
  parseEnv({ ...localEnvironment, ...over });
const faultOf = (over: Record<string, string | undefined>): string => {
  try {
    parse(over);
    return "no fault";
  } catch (error) {
    return (error as Error).message;
  }
};

test("a local environment is complete, and what is unset has its default", () => {
  expect(parse({})).toMatchObject({ PORT: 3000, TRUSTED_PROXIES: 0, LOCKSTEP_LIVE: "no" });
});

test("several webhook secrets stand side by side while one is rotated", () => {
  const { STRIPE_WEBHOOK_SECRET_ACCOUNT } = parse({
    STRIPE_WEBHOOK_SECRET_ACCOUNT: "whsec_old, whsec_new",
  });
  expect(STRIPE_WEBHOOK_SECRET_ACCOUNT).toEqual(["whsec_old", "whsec_new"]);
});

test("an empty variable counts as unset", () => {
  expect(parse({ SMTP_URL: "", GOOGLE_CLIENT_ID: "" }).SMTP_URL).toBeUndefined();
  expect(faultOf({ LOCKSTEP_URL: "" })).toContain("LOCKSTEP_URL is not set");
});

const bad: [string, string, string][] = [
  ["PORT", "hunter2-70000", "PORT"],
  ["LOCKSTEP_URL", "hunter2.example", "full address"],
  ["LOCKSTEP_SECRET", "hunter2", "32 characters"],
  ["LOCKSTEP_LIVE", "hunter2", "LOCKSTEP_LIVE"],
  ["DATABASE_URL", "mysql://hunter2", "postgresql://"],
  ["DATABASE_APP_URL", "hunter2", "postgresql://"],
  ["STRIPE_SECRET_KEY", "hunter2", "sk_test_"],
  ["STRIPE_PUBLISHABLE_KEY", "hunter2", "pk_test_"],
  ["STRIPE_WEBHOOK_SECRET_ACCOUNT", "hunter2", "whsec_"],
  ["SMTP_URL", "http://hunter2", "smtp://"],
  ["TRUSTED_PROXIES", "hunter2", "TRUSTED_PROXIES"],
  ["LOG_LEVEL", "hunter2", "LOG_LEVEL"],
  ["OIDC_ISSUER", "hunter2", "OIDC_ISSUER"],
];

test.each(bad)(
  "a bad %s is named with its mend and its value is not repeated",
  (name, value, mend) => {
    const fault = faultOf({ [name]: value });
    expect(fault).toContain(name);
    expect(fault).toContain(mend);
    expect(fault).not.toContain("hunter2");
  },
);

test("every bad variable is named at once", () => {
  const fault = faultOf({ PORT: "x", SMTP_URL: "x", LOCKSTEP_SECRET: "x" });
  for (const name of ["PORT", "SMTP_URL", "LOCKSTEP_SECRET"]) expect(fault).toContain(name);
});

test("a live key moves money only where that is said, and only at Stripe itself", () => {
  const live = {
    STRIPE_SECRET_KEY: "sk_live_hunter2",
    STRIPE_PUBLISHABLE_KEY: "pk_live_1",
    STRIPE_API_BASE: "",
  };
  expect(faultOf(live)).toContain("LOCKSTEP_LIVE=yes");
  expect(faultOf(live)).not.toContain("hunter2");
  expect(faultOf({ ...live, LOCKSTEP_LIVE: "yes" })).toBe("no fault");
  const local = { ...live, LOCKSTEP_LIVE: "yes", STRIPE_API_BASE: "http://127.0.0.1:12111" };
  expect(faultOf(local)).toContain("STRIPE_API_BASE");
});

test("the two Stripe keys are of one mode, and an identity provider has both its halves", () => {
  expect(faultOf({ STRIPE_PUBLISHABLE_KEY: "pk_live_1" })).toContain("same mode");
  expect(faultOf({ GITHUB_CLIENT_ID: "1" })).toContain("GITHUB_CLIENT_SECRET is missing its twin");
  expect(faultOf({ OIDC_CLIENT_SECRET: "hunter2" })).toContain("OIDC_CLIENT_ID");
});

test("one fault hides no other: a live key is refused also where the rest is missing", () => {
  const found = faultsOf({ STRIPE_SECRET_KEY: "sk_live_x", PORT: "abc" });
  expect(found).toContainEqual({
    name: "STRIPE_SECRET_KEY",
    message: "is a live key; set LOCKSTEP_LIVE=yes to move real money",
  });
  expect(found).toContainEqual({ name: "PORT", message: "must be a number from 0 to 65535" });
  expect(found).toContainEqual({ name: "DATABASE_APP_URL", message: "is not set" });
});
