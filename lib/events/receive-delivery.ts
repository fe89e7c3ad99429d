import type { Context } from "#lib/context";
import { env, isLiveMode } from "#lib/env";
import { type Endpoint, readDelivery } from "#lib/events/delivery";
import { inboxRowOf, storableBytes } from "#lib/events/inbox-row";
import { codeOf, storeDelivery } from "#lib/events/store-delivery";
import { logger } from "#lib/log";
import { type Verdict, verifySignature } from "#lib/stripe/verify";

export type RawDelivery = {
  endpoint: Endpoint;
  rawBody: string | Buffer;
  signatureHeader: string | null | undefined;
};
export type DeliveryAnswer = { status: 200 | 400 | 413 | 503; body: Record<string, unknown> };
export type DoorSettings = { secrets: Record<Endpoint, readonly string[]>; isLive: boolean };

/** Larger than any event of Stripe's; whoever reads the request stops reading here. */
export const deliveryLimitBytes = 1_000_000;

const reasons: Record<Exclude<Verdict, "genuine">, string> = {
  unsigned: "The Stripe-Signature header is missing or unreadable.",
  forged: "The signature matches none of this endpoint's secrets.",
  stale: "The signature is more than five minutes off; check both clocks.",
};

/**
 * Takes one webhook of Stripe's: verified, stored once, and acknowledged only after its commit.
 * Nothing that is not genuine is stored. Never throws: what fails is answered so that Stripe
 * sends it again.
 */
export async function receiveDelivery(
  ctx: Context,
  { endpoint, rawBody, signatureHeader }: RawDelivery,
  settings: DoorSettings = settingsFromEnv(),
): Promise<DeliveryAnswer> {
  if (Buffer.byteLength(rawBody) > deliveryLimitBytes) {
    return { status: 413, body: { error: "The body is larger than 1 MB." } };
  }
  const secrets = settings.secrets[endpoint];
  const verdict = verifySignature(rawBody, signatureHeader, secrets, ctx.now());
  if (verdict !== "genuine") return { status: 400, body: { error: reasons[verdict] } };

  const { text, bytes } = storableBytes(rawBody);
  const delivery = readDelivery(parse(text));
  if (!delivery) return { status: 400, body: { error: "The body is not an event of Stripe's." } };
  try {
    const row = inboxRowOf(endpoint, delivery, bytes, { at: ctx.now(), isLive: settings.isLive });
    const isNew = await storeDelivery(ctx.db, row);
    return { status: 200, body: { received: true, duplicate: !isNew } };
  } catch (error) {
    logger.error(
      { code: codeOf(error), eventId: delivery.id, type: delivery.type },
      "an event was not stored",
    );
    return { status: 503, body: { error: "The event could not be stored. Send it again." } };
  }
}

let fromEnv: DoorSettings | undefined;

function settingsFromEnv(): DoorSettings {
  if (fromEnv) return fromEnv;
  const variables = env();
  fromEnv = {
    secrets: {
      account: variables.STRIPE_WEBHOOK_SECRET_ACCOUNT,
      connect: variables.STRIPE_WEBHOOK_SECRET_CONNECT,
    },
    isLive: isLiveMode(),
  };
  return fromEnv;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
