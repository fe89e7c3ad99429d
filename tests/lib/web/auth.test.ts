import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { findSession } from "#lib/tenancy/find-session";
import { listSessions } from "#lib/tenancy/list-sessions";
import { signOutEverywhere } from "#lib/tenancy/sign-out-everywhere";
import { db } from "#lib/web/context";
import { sessionIdOf } from "#lib/web/session-cookie";
import { type Browser, openAuthServer } from "#tests/support/auth-server";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { openIdentityProvider } from "#tests/support/identity-provider";
import { newOwner, password, unique, visitor } from "#tests/support/people";

let database: TestDatabase;
let system: Context;
let provider: Awaited<ReturnType<typeof openIdentityProvider>>;
let server: Awaited<ReturnType<typeof openAuthServer>>;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  provider = await openIdentityProvider("lockstep");
  server = await openAuthServer({
    DATABASE_APP_URL: database.appUrl,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: "lockstep",
    OIDC_CLIENT_SECRET: "secret",
  });
});
afterAll(async () => {
  server.close();
  provider.close();
  await db().close();
  await database.close();
});

async function personIn(browser: Browser) {
  const sessionId = await sessionIdOf(new Headers({ cookie: browser.cookie() }));
  return sessionId ? findSession(visitor(system), sessionId) : undefined;
}

test("signing in makes a session that says from which browser", async () => {
  const { person } = await newOwner(system);
  const browser = server.newBrowser();
  expect(await browser.signIn(person.person.email, password)).toBeNull();
  const signedIn = await personIn(browser);
  expect(signedIn?.userId).toBe(person.userId);
  const here = (await listSessions(signedIn!)).find(({ isCurrent }) => isCurrent);
  expect(here?.userAgent).toBe("Test browser");
});

test("a wrong password and an unknown e-mail are answered alike", async () => {
  const { person } = await newOwner(system);
  const browser = server.newBrowser();
  expect(await browser.signIn(person.person.email, "wrong wrong")).toBe("invalid");
  expect(await browser.signIn(`${unique("nobody")}@example.com`, password)).toBe("invalid");
  expect(await browser.signIn("", "")).toBe("invalid");
  expect(await personIn(browser)).toBeUndefined();
});

test("after ten failures the form learns how long to wait", async () => {
  const email = `${unique("nobody")}@example.com`;
  const browser = server.newBrowser();
  for (let time = 0; time < 10; time += 1) await browser.signIn(email, "wrong wrong");
  expect(await browser.signIn(email, "wrong wrong")).toMatch(/^too_many:\d+$/);
});

test("signing out ends this session, and the old cookie opens nothing", async () => {
  const { person } = await newOwner(system);
  const browser = server.newBrowser();
  await browser.signIn(person.person.email, password);
  const sessionId = (await sessionIdOf(new Headers({ cookie: browser.cookie() })))!;
  await browser.ask("/api/auth/signout", {});
  expect(browser.cookie()).not.toContain("session-token");
  expect(await findSession(visitor(system), sessionId)).toBeUndefined();
});

test("a revoked session's cookie is taken back and says nothing", async () => {
  const { person } = await newOwner(system);
  const browser = server.newBrowser();
  await browser.signIn(person.person.email, password);
  expect((await browser.ask("/api/auth/session")).url).toMatch(/^\{"expires"/);
  await signOutEverywhere(person);
  expect((await browser.ask("/api/auth/session")).url).toBe("{}");
  expect(browser.cookie()).not.toContain("session-token");
});

test("a sign-in another site's page posts, without our token, does nothing", async () => {
  const { person } = await newOwner(system);
  const browser = server.newBrowser();
  await browser.ask("/api/auth/callback/credentials", {
    ...{ csrfToken: "forged", email: person.person.email, password },
  });
  expect(await personIn(browser)).toBeUndefined();
});

test("after signing in one is sent on within our own address only", async () => {
  const { person } = await newOwner(system);
  const form = { email: person.person.email, password };
  const ask = async (callbackUrl: string) => {
    const sent = { ...form, callbackUrl };
    return (await server.newBrowser().ask("/api/auth/callback/credentials", sent)).url;
  };
  expect(await ask(`${server.url}/northbeam`)).toBe(`${server.url}/northbeam`);
  expect(new URL(await ask("https://evil.example/")).origin).toBe(server.url);
});

const claims = (email: string, over: { email_verified?: boolean } = {}) => ({
  ...{ sub: unique("subject"), name: "Grace", email, email_verified: true },
  ...over,
});

test("somebody the provider vouches for is signed in, and is the same person next time", async () => {
  provider.letIn(claims(`${unique("grace")}@example.com`));
  const browser = server.newBrowser();
  expect(await browser.signInAt("oidc")).toBe(server.url);
  const person = await personIn(browser);
  expect(person?.person).toMatchObject({ name: "Grace", isVerified: true, hasPassword: false });
  const again = server.newBrowser();
  await again.signInAt("oidc");
  expect((await personIn(again))?.userId).toBe(person?.userId);
});

test("an address nobody verified there, or here, is sent back with the reason and no session", async () => {
  const { person } = await newOwner(system);
  const browser = server.newBrowser();
  provider.letIn(claims(person.person.email));
  expect(await browser.signInAt("oidc")).toBe("/sign-in?error=unverified_here");
  provider.letIn(claims(`${unique("grace")}@example.com`, { email_verified: false }));
  expect(await browser.signInAt("oidc")).toBe("/sign-in?error=unverified_there");
  expect(await personIn(browser)).toBeUndefined();
});

test("a provider's answer another browser asked for is not taken", async () => {
  provider.letIn(claims(`${unique("grace")}@example.com`));
  const [asked, other] = [server.newBrowser(), server.newBrowser()];
  const { url } = await asked.ask("/api/auth/signin/oidc", {});
  const back = await fetch(url, { redirect: "manual" });
  const { url: end } = await other.ask(back.headers.get("location")!);
  expect(end).toContain("/api/auth/error?error=");
  expect(await personIn(other)).toBeUndefined();
});
