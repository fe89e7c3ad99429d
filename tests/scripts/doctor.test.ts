import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wantedEvents } from "#lib/dispatch/stripe-event-types";
import { createStripeClient } from "#lib/stripe/stripe-client";
import { ensureWebhookEndpoints } from "#lib/stripe/webhook-endpoints";
import type { Variables } from "#scripts/doctor/check";
import { examine, type Finding } from "#scripts/doctor/examine";
import { checkFolder, checkNode } from "#scripts/doctor/machine";
import { reachChecks } from "#scripts/doctor/reach";
import { readSetup } from "#scripts/doctor/setup";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

const password = randomBytes(12).toString("hex");
const publicUrl = "https://billing.example.test";
let folder: string;
let database: TestDatabase;
let stripe: TestSandbox;
/** A whole setup of a real database and a real Stripe. */
let whole: Variables;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-doctor-"));
  [database, stripe] = await Promise.all([openTestDatabase(), openTestSandbox()]);
  const client = createStripeClient({ secretKey: stripe.secretKey, apiBase: stripe.url });
  const secrets = await ensureWebhookEndpoints(client, publicUrl, wantedEvents);
  whole = {
    LOCKSTEP_DATA: folder,
    LOCKSTEP_URL: publicUrl,
    LOCKSTEP_SECRET: randomBytes(32).toString("hex"),
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    STRIPE_API_BASE: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_PUBLISHABLE_KEY: stripe.publishableKey,
    STRIPE_WEBHOOK_SECRET_ACCOUNT: `${secrets.account},${secrets.notifications}`,
    STRIPE_WEBHOOK_SECRET_CONNECT: secrets.connect,
  };
});
afterAll(async () => {
  await Promise.all([database.close(), stripe.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const examined = (variables: Variables) => examine(readSetup(variables));
const faultsAmong = (findings: Finding[]) => findings.filter(({ state }) => state === "fault");

test("with nothing set, nothing is to be configured and nothing is wrong", async () => {
  const findings = await examined({ LOCKSTEP_DATA: folder });
  expect(faultsAmong(findings)).toEqual([]);
  const found = findings.map(({ found }) => found).join("\n");
  expect(found).toContain("npm start makes and starts one");
  expect(found).toMatch(/needs no key|local, answers at/);
  expect(found).toContain("/mailbox");
});

test("a whole setup has no fault but the address that nobody serves yet", async () => {
  const findings = await examined(whole);
  expect(faultsAmong(findings).map(({ name }) => name)).toEqual(["Address"]);
  const found = findings.map(({ found }) => found).join("\n");
  expect(found).toContain("test mode");
  expect(found).toContain("owns nothing and cannot pass row-level security");
  expect(found).toMatch(/all \d+ applied/);
});

/** Setups with one fault planted, and the words of the mend that must be named. */
const planted: { fault: string; over: () => Variables; name: string; mend: string }[] = [
  {
    fault: "a key of another form",
    over: () => ({ STRIPE_SECRET_KEY: "secret-0123456789" }),
    name: "Variables",
    mend: "dashboard.stripe.com/apikeys",
  },
  {
    fault: "a key that Stripe does not know",
    over: () => ({ STRIPE_SECRET_KEY: "sk_test_not-ours-0123456789" }),
    name: "Stripe's key",
    mend: "copy STRIPE_SECRET_KEY again",
  },
  {
    fault: "a Stripe that does not answer",
    over: () => ({ STRIPE_API_BASE: "http://127.0.0.1:1" }),
    name: "Stripe's key",
    mend: "reaches https://api.stripe.com",
  },
  {
    fault: "a live key without leave to move money",
    over: () => ({ STRIPE_SECRET_KEY: "sk_live_0123456789abcdef" }),
    name: "Variables",
    mend: "dashboard.stripe.com/apikeys",
  },
  {
    fault: "a signing secret of another form",
    over: () => ({ STRIPE_WEBHOOK_SECRET_ACCOUNT: "0123456789abcdef" }),
    name: "Variables",
    mend: "signing secret of the endpoint …/stripe/account",
  },
  {
    fault: "one signing secret for both endpoints",
    over: () => ({ STRIPE_WEBHOOK_SECRET_CONNECT: whole.STRIPE_WEBHOOK_SECRET_ACCOUNT }),
    name: "Webhook secrets",
    mend: "a signing secret of its own",
  },
  {
    fault: "endpoints registered for another address",
    over: () => ({ LOCKSTEP_URL: "https://elsewhere.example.test" }),
    name: "Webhook endpoints",
    mend: "add one at https://dashboard.stripe.com/webhooks",
  },
  {
    fault: "Stripe variables without their key",
    over: () => ({ STRIPE_SECRET_KEY: undefined }),
    name: "Variables",
    mend: "set STRIPE_SECRET_KEY as well",
  },
  {
    fault: "a short secret",
    over: () => ({ LOCKSTEP_SECRET: "tooshort1" }),
    name: "Variables",
    mend: "openssl rand -hex 32",
  },
  {
    fault: "a database where nothing listens",
    over: () => ({ DATABASE_URL: `postgresql://owner:${password}@127.0.0.1:1/lockstep` }),
    name: "PostgreSQL",
    mend: "start PostgreSQL",
  },
  {
    fault: "a wrong database password",
    over: () => ({ DATABASE_URL: withPassword(database.ownerUrl, password) }),
    name: "PostgreSQL",
    mend: "mend user and password in DATABASE_URL",
  },
  {
    fault: "a database that does not exist",
    over: () => ({ DATABASE_URL: database.ownerUrl.replace(/\/[^/]*$/, "/nowhere") }),
    name: "PostgreSQL",
    mend: "createdb",
  },
  {
    fault: "a database that was never migrated",
    over: () => ({ DATABASE_URL: database.superUrl.replace(/\/[^/]*$/, "/postgres") }),
    name: "Migrations",
    mend: "npm run migrate",
  },
  {
    fault: "an app role that passes every wall",
    over: () => ({ DATABASE_APP_URL: database.superUrl }),
    name: "App's role",
    mend: "without SUPERUSER and BYPASSRLS",
  },
  {
    fault: "an app role that owns the tables",
    over: () => ({ DATABASE_APP_URL: database.ownerUrl }),
    name: "App's role",
    mend: "must not be the owner's",
  },
  {
    fault: "a mail server that does not answer",
    over: () => ({ SMTP_URL: `smtp://mailer:${password}@127.0.0.1:1` }),
    name: "Mail",
    mend: "mend host and port in SMTP_URL",
  },
];

describe("a planted fault names its mend and prints no secret:", () => {
  test.each(planted)("$fault", async ({ over, name, mend }) => {
    const variables = { ...whole, ...over() };
    const findings = await examined(variables);
    const mends = findings.flatMap((finding) =>
      finding.state === "fault" && finding.name === name ? [finding.mend] : [],
    );
    expect(mends.join("\n")).toContain(mend);

    const said = JSON.stringify(findings);
    for (const secret of secretsIn(variables)) expect(said).not.toContain(secret);
  });
});

test("on a laptop with test keys it says how deliveries are forwarded", async () => {
  const one = whole.STRIPE_WEBHOOK_SECRET_ACCOUNT;
  const laptop = { LOCKSTEP_URL: "http://localhost:3000", STRIPE_WEBHOOK_SECRET_CONNECT: one };
  const findings = await examined({ ...whole, ...laptop });
  const endpoints = findings.find(({ name }) => name === "Webhook endpoints");
  expect(endpoints?.state).toBe("skipped");
  expect(endpoints?.found).toContain(
    "--forward-to http://localhost:3000/api/webhooks/stripe/account",
  );
  const secrets = findings.find(({ name }) => name === "Webhook secrets");
  expect(secrets?.state).toBe("fine");
});

test("with Stripe itself and no mail server, mail would go nowhere", async () => {
  const setup = readSetup({ LOCKSTEP_DATA: folder, STRIPE_SECRET_KEY: "sk_test_0123456789" });
  const mail = reachChecks.filter(({ name }) => name === "Mail");
  expect(await examine(setup, mail)).toMatchObject([
    { state: "fault", mend: expect.stringContaining("set SMTP_URL") },
  ]);
});

test("a database owner that may not make roles is told what to grant", async () => {
  const role = `plain_${randomBytes(4).toString("hex")}`;
  const client = new pg.Client({ connectionString: database.superUrl });
  await client.connect();
  try {
    await client.query(`create role ${role} login password '${password}'`);
    await client.query(`grant create on database ${client.database} to ${role}`);
    const url = new URL(database.ownerUrl);
    url.username = role;
    url.password = password;
    const findings = await examined({ ...whole, DATABASE_URL: url.href });
    const rights = findings.find(({ name }) => name === "Owner's rights");
    expect(rights).toMatchObject({ state: "fault", mend: expect.stringContaining("CREATEROLE") });
  } finally {
    await client.query(`drop owned by ${role}; drop role ${role}`);
    await client.end();
  }
});

test("an older Node and a folder nobody can write are faults of the machine", () => {
  expect(checkNode("20.19.0")).toMatchObject({ state: "fault" });
  expect(checkNode(process.versions.node)).toMatchObject({ state: "fine" });
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const blocked = checkFolder(join(file, "inside"));
  expect(blocked).toMatchObject({ state: "fault", mend: expect.stringContaining("LOCKSTEP_DATA") });
});

function withPassword(address: string, other: string): string {
  const url = new URL(address);
  url.password = other;
  return url.href;
}

function secretsIn(variables: Variables): string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (!value) return [];
    if (/SECRET|_KEY$/.test(name)) return [value];
    return URL.canParse(value) && new URL(value).password ? [new URL(value).password] : [];
  });
}
