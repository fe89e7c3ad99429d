import * as argon2 from "@node-rs/argon2";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createManualClock } from "#lib/clock";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { authenticate } from "#lib/tenancy/authenticate";
import { changePassword } from "#lib/tenancy/change-password";
import { closeSession } from "#lib/tenancy/close-session";
import type { PersonContext } from "#lib/tenancy/context";
import { findSession } from "#lib/tenancy/find-session";
import { listSessions } from "#lib/tenancy/list-sessions";
import { requestPasswordReset } from "#lib/tenancy/request-password-reset";
import { requestVerification } from "#lib/tenancy/request-verification";
import { resetPassword } from "#lib/tenancy/reset-password";
import { revokeSession } from "#lib/tenancy/revoke-session";
import { signOutEverywhere } from "#lib/tenancy/sign-out-everywhere";
import { verifyEmail } from "#lib/tenancy/verify-email";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { mailedSecret, newOwner, password, signedIn, visitor } from "#tests/support/people";

vi.mock("@node-rs/argon2", { spy: true });
const hashing = vi.mocked(argon2);

let database: TestDatabase;
let system: Context;
let anyone: Context;
const clock = createManualClock(new Date("2026-11-01T12:00:00Z"));
const hourMs = 3_600_000;
const fresh = "seven loud bridges";

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context({ now: () => clock.now() });
  anyone = visitor(system);
});
afterAll(() => database.close());

async function somebody(): Promise<PersonContext & { email: string }> {
  const { person } = await newOwner(system);
  return { ...person, email: person.person.email };
}

async function resetLink(email: string): Promise<string> {
  clock.advance(1000);
  await requestPasswordReset(anyone, { email });
  return mailedSecret(system, email, "reset-password");
}

const isAlive = async ({ sessionId }: PersonContext) =>
  (await findSession(anyone, sessionId)) !== undefined;

test("a password opens the door to its person only, in whatever letters the e-mail is", async () => {
  const { email, userId } = await somebody();
  expect(await authenticate(anyone, { email: email.toUpperCase(), password })).toBe(userId);
  expect(await authenticate(anyone, { email, password: "wrong wrong wrong" })).toBeUndefined();
  expect(await authenticate(anyone, { email: "nobody@example.com", password })).toBeUndefined();
});

test("an unknown address asks for as much hashing as a known one", async () => {
  const { email } = await somebody();
  // What Argon2 takes is set by the cost a hash is written with, and by nothing else in it.
  const costs = [];
  for (const address of [email, "nobody@example.com"]) {
    hashing.verify.mockClear();
    await authenticate(anyone, { email: address, password: "wrong wrong wrong" });
    costs.push(
      hashing.verify.mock.calls.map(([hash]) => /^\$argon2id\$v=19\$[^$]+/.exec(String(hash))?.[0]),
    );
  }
  expect(costs).toEqual([["$argon2id$v=19$m=19456,t=2,p=1"], ["$argon2id$v=19$m=19456,t=2,p=1"]]);
});

test("a reset sets the password, signs out everywhere and verifies the address", async () => {
  const person = await somebody();
  await resetPassword(anyone, { token: await resetLink(person.email), password: fresh });
  expect(await authenticate(anyone, { email: person.email, password })).toBeUndefined();
  expect(await authenticate(anyone, { email: person.email, password: fresh })).toBe(person.userId);
  expect(await isAlive(person)).toBe(false);
  expect((await signedIn(system, person.userId)).person.isVerified).toBe(true);
});

test("a reset link works once, for an hour, and only the newest", async () => {
  const { email } = await somebody();
  const reset = (token: string) => resetPassword(anyone, { token, password: fresh });
  const old = await resetLink(email);
  const used = await resetLink(email);
  await expect(reset(old)).rejects.toMatchObject({ code: "gone" });
  await reset(used);
  await expect(reset(used)).rejects.toMatchObject({
    code: "gone",
    message: expect.stringContaining("used before"),
  });
  const late = await resetLink(email);
  clock.advance(hourMs);
  await expect(reset(late)).rejects.toMatchObject({
    code: "gone",
    message: expect.stringContaining("run out"),
  });
});

test("of three uses of one reset link at once, one wins", async () => {
  const { email } = await somebody();
  const token = await resetLink(email);
  const outcomes = await Promise.allSettled(
    ["one of three keys", "two of three keys", "three of 3 keys"].map((choice) =>
      resetPassword(anyone, { token, password: choice }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a bad new password leaves the link usable", async () => {
  const { email } = await somebody();
  const token = await resetLink(email);
  const bad = resetPassword(anyone, { token, password: email });
  await expect(bad).rejects.toMatchObject({ code: "invalid", field: "password" });
  await resetPassword(anyone, { token, password: fresh });
});

test("asking for a reset of an unknown address answers the same and sends nothing", async () => {
  const { email } = await somebody();
  const known = await requestPasswordReset(anyone, { email });
  const unknown = await requestPasswordReset(anyone, { email: "nobody@example.com" });
  expect(unknown).toEqual(known);
  const sent = (to: string) => view(system, (tx) => tx.mail.count({ where: { to } }));
  expect(await sent("nobody@example.com")).toBe(0);
});

test("a link for one purpose does nothing for another", async () => {
  const { email } = await somebody();
  const verification = await mailedSecret(system, email, "verify-email");
  const reset = resetPassword(anyone, { token: verification, password: fresh });
  await expect(reset).rejects.toMatchObject({ code: "gone" });
});

test("changing it takes the current one, keeps this browser and tells by mail", async () => {
  const here = await somebody();
  const there = await signedIn(system, here.userId);
  const change = (current: string) => changePassword(here, { current, password: fresh });
  await expect(change("wrong wrong wrong")).rejects.toMatchObject({ field: "current" });
  await change(password);
  expect([await isAlive(here), await isAlive(there)]).toEqual([true, false]);
  const mails = await view(system, (tx) =>
    tx.mail.findMany({ where: { to: here.email, template: "password-changed" } }),
  );
  expect(mails).toHaveLength(1);
});

test("a verification link verifies, and opening it again is fine", async () => {
  const { email, userId } = await somebody();
  const token = await mailedSecret(system, email, "verify-email");
  await verifyEmail(anyone, { token });
  await verifyEmail(anyone, { token });
  const person = await signedIn(system, userId);
  expect(person.person.isVerified).toBe(true);
  await expect(requestVerification(person)).rejects.toMatchObject({ code: "conflict" });
});

test("a new verification link makes the old one die; each runs out after three days", async () => {
  const person = await somebody();
  const old = await mailedSecret(system, person.email, "verify-email");
  clock.advance(1000);
  await requestVerification(person);
  await expect(verifyEmail(anyone, { token: old })).rejects.toMatchObject({ code: "gone" });
  const late = await mailedSecret(system, person.email, "verify-email");
  clock.advance(72 * hourMs);
  await expect(verifyEmail(anyone, { token: late })).rejects.toMatchObject({ code: "gone" });
});

test("signing out everywhere ends every browser at once, and nobody else's", async () => {
  const here = await somebody();
  const there = await signedIn(system, here.userId);
  const stranger = await somebody();
  await signOutEverywhere(here);
  expect([await isAlive(here), await isAlive(there), await isAlive(stranger)]).toEqual([
    ...[false, false, true],
  ]);
});

test("one browser is signed out by itself, and another person's cannot be", async () => {
  const here = await somebody();
  const there = await signedIn(system, here.userId);
  const stranger = await somebody();
  const listed = await listSessions(here);
  expect(listed.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
  await revokeSession(here, { sessionId: there.sessionId });
  const foreign = revokeSession(here, { sessionId: stranger.sessionId });
  await expect(foreign).rejects.toMatchObject({ code: "not_found" });
  expect([await isAlive(there), await isAlive(stranger)]).toEqual([false, true]);
});

test("a session ends by signing out, and by itself after thirty days", async () => {
  const person = await somebody();
  const other = await signedIn(system, person.userId);
  await closeSession(anyone, person.sessionId);
  expect([await isAlive(person), await isAlive(other)]).toEqual([false, true]);
  clock.advance(30 * 24 * hourMs);
  expect(await isAlive(other)).toBe(false);
});
