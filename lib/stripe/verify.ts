import { createHmac, timingSafeEqual } from "node:crypto";

export type Verdict = "genuine" | "forged" | "stale" | "unsigned";

const toleranceSeconds = 300;

/**
 * Judges a webhook's signature over the raw body, in constant time, against every secret in use
 * (two, while one is rotated). One that is genuine but older or newer than five minutes is stale.
 * https://docs.stripe.com/webhooks#verify-manually
 */
export function verifySignature(
  rawBody: string | Buffer,
  header: string | null | undefined,
  secrets: readonly string[],
  now: Date,
): Verdict {
  const { timestamp, signatures } = readHeader(header ?? "");
  if (timestamp === undefined || signatures.length === 0) return "unsigned";

  const isGenuine = secrets.some((secret) => {
    // The key is the whole secret, its whsec_ included.
    const hmac = createHmac("sha256", secret).update(`${timestamp}.`);
    const expected = hmac.update(rawBody).digest();
    return signatures.some((signature) => isEqual(signature, expected));
  });
  if (!isGenuine) return "forged";
  const ageSeconds = Math.abs(now.getTime() / 1000 - Number(timestamp));
  return ageSeconds > toleranceSeconds ? "stale" : "genuine";
}

/** The header is `t=…,v1=…`, with a v1 for each secret Stripe signs with. Other schemes are not. */
function readHeader(header: string): { timestamp: string | undefined; signatures: Buffer[] } {
  let timestamp: string | undefined;
  const signatures: Buffer[] = [];
  for (const part of header.split(",", 20)) {
    const [scheme, value = ""] = part.trim().split("=", 2);
    if (scheme === "t" && /^\d{1,12}$/.test(value)) timestamp = value;
    if (scheme === "v1" && /^[0-9a-f]{64}$/.test(value)) signatures.push(Buffer.from(value, "hex"));
  }
  return { timestamp, signatures };
}

function isEqual(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
