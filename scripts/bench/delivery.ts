import { createHmac, randomBytes } from "node:crypto";

export const webhookSecret = "whsec_bench";

/** A webhook as Stripe sends it: an invoice event of about 4.5 KB, signed now. */
export type SignedDelivery = { id: string; body: string; signature: string };

/** So many different events, each about an invoice of its own. */
export function signedDeliveries(count: number): SignedDelivery[] {
  const batch = randomBytes(6).toString("hex");
  return Array.from({ length: count }, (_, index) => {
    const id = `evt_${batch}${index}`;
    const body = JSON.stringify({
      object: "event",
      id,
      type: "invoice.paid",
      livemode: false,
      created: Math.floor(Date.now() / 1000),
      data: { object: { object: "invoice", id: `in_${batch}${index}`, lines } },
    });
    return { id, body, signature: sign(body) };
  });
}

const lines = Array.from({ length: 24 }, (_, line) => ({
  id: `il_${line}`,
  object: "line_item",
  amount: line * 1250,
  currency: "usd",
  description: `Line ${line} of a bill that somebody pays for seats and usage`,
  period: { start: 1_790_000_000 + line, end: 1_792_000_000 + line },
}));

/** As Stripe signs it, now. */
export function sign(body: string): string {
  const timestamp = Math.floor(Date.now() / 1000);
  const hmac = createHmac("sha256", webhookSecret).update(`${timestamp}.${body}`);
  return `t=${timestamp},v1=${hmac.digest("hex")}`;
}
