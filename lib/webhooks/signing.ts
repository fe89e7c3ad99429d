import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { invariant } from "#lib/errors";

/** How long the secret before the last rotation signs too. */
export const overlapMs = 24 * 60 * 60 * 1000;

/** A new secret as the receiver is shown it, once. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/**
 * The headers of a message after the Standard Webhooks specification: one signature per secret.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signMessage(id: string, body: string, secrets: readonly string[], at: Date) {
  invariant(secrets.length > 0, "a message is signed by at least one secret");
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}

/** A secret as we keep it: sealed under the platform's own, and bound to the endpoint it is of. */
export function sealSecret(secret: string, endpointId: string, platformSecret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(platformSecret), nonce);
  cipher.setAAD(Buffer.from(endpointId));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64");
}

/** Throws where the text was altered, is another endpoint's, or was sealed under another secret. */
export function openSecret(sealed: string, endpointId: string, platformSecret: string): string {
  const bytes = Buffer.from(sealed, "base64");
  const nonce = bytes.subarray(0, 12);
  const cipher = createDecipheriv("aes-256-gcm", keyOf(platformSecret), nonce, {
    authTagLength: 16,
  });
  cipher.setAAD(Buffer.from(endpointId));
  cipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString("utf8");
}

function keyOf(platformSecret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", platformSecret, "", "lockstep webhook secrets", 32));
}
