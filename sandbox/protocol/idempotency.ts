import { createHash } from "node:crypto";
import { StripeError } from "#sandbox/protocol/errors";
import type { Database } from "#sandbox/store/database";

/** What a key was first used for. */
export interface KeyUse {
  namespace: string;
  account: string;
  key: string;
  fingerprint: string;
  /** The world's time, which keys grow old by. */
  now: number;
}

/** Stripe may forget a key once it is a day old, and this one does. */
const keptSeconds = 24 * 3600;

/** An answer kept under a key. */
export interface SavedAnswer {
  status: number;
  body: string;
  request: string;
}

/** The same method, URL and body give the same fingerprint; a key is bound to one. */
export function fingerprintOf(method: string, pathname: string, body: string): string {
  return createHash("sha256").update(`${method} ${pathname}\n${body}`).digest("hex");
}

/** The answer a key already has, if any. A key reused for something else is an error. */
export function savedAnswer(database: Database, use: KeyUse): SavedAnswer | undefined {
  const row = database.one(
    "SELECT * FROM idempotency WHERE namespace = ? AND account = ? AND key = ?",
    ...[use.namespace, use.account, use.key],
  );
  if (row === undefined) return undefined;
  if (Number(row.created) <= use.now - keptSeconds) {
    database.run(
      "DELETE FROM idempotency WHERE namespace = ? AND account = ? AND key = ?",
      ...[use.namespace, use.account, use.key],
    );
    return undefined;
  }
  if (row.fingerprint !== use.fingerprint) {
    throw new StripeError(400, {
      type: "idempotency_error",
      message:
        "Keys for idempotent requests can only be used with the same parameters they were first " +
        `used with. Try using a key other than '${use.key}' if you meant to execute a different ` +
        "request.",
    });
  }
  return { status: Number(row.status), body: String(row.body), request: String(row.request) };
}

/** Keeps an answer, in the transaction that made it. */
export function saveAnswer(database: Database, use: KeyUse, answer: SavedAnswer): void {
  database.run(
    "INSERT INTO idempotency (namespace, account, key, fingerprint, request, status, body, " +
      "created) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    ...[use.namespace, use.account, use.key, use.fingerprint],
    ...[answer.request, answer.status, answer.body, use.now],
  );
}

/** A key whose first request has not been answered yet. */
export function keyInUse(key: string): StripeError {
  return new StripeError(409, {
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    message:
      `There is currently another in-progress request using this Idempotent Key (${key}). ` +
      "Please try again later.",
  });
}
