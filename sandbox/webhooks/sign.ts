import { createHmac } from "node:crypto";

/** `Stripe-Signature`: HMAC-SHA256 over the time and the raw body, keyed with the whole secret. */
export function signatureHeader(body: string, secret: string, unixSeconds: number): string {
  const digest = createHmac("sha256", secret).update(`${unixSeconds}.${body}`).digest("hex");
  return `t=${unixSeconds},v1=${digest}`;
}
