import { setTimeout as pause } from "node:timers/promises";
import { realNowMs } from "#sandbox/clock";
import { signatureHeader } from "#sandbox/webhooks/sign";

/** Where a delivery goes and what it is signed with. */
export interface Destination {
  url: string;
  secret: string;
}

/** How one attempt ended. `isFinal` means trying again would not help. */
export interface Attempt {
  status: number | null;
  error: string | null;
  isFinal: boolean;
  /** The beginning of what the endpoint answered with. */
  response?: string;
}

/** One way an attempt goes wrong on purpose. */
interface Misdeed {
  secret?: string;
  ageSeconds?: number;
  delayMs?: number;
  copies?: number;
  isDropped?: boolean;
}

const misdeeds: Record<string, Misdeed> = {
  duplicate: { copies: 2 },
  delay: { delayMs: 2000 },
  drop: { isDropped: true },
  forge: { secret: "whsec_forged" },
  stale: { ageSeconds: 3600 },
};

const patienceMs = 20_000;
const longestKept = 2000;

/** Sends an event once, signed with the real time of this attempt. */
export async function attemptDelivery(
  destination: Destination,
  body: string,
  fault: string | undefined,
): Promise<Attempt> {
  const misdeed = misdeeds[fault ?? ""] ?? {};
  if (misdeed.isDropped) return { status: null, error: "Dropped by a fault.", isFinal: true };
  if (misdeed.delayMs !== undefined) await pause(misdeed.delayMs);

  let attempt: Attempt = { status: null, error: null, isFinal: false };
  for (let copy = 0; copy < (misdeed.copies ?? 1); copy += 1) {
    attempt = await post(destination, body, misdeed);
  }
  return attempt;
}

async function post(destination: Destination, body: string, misdeed: Misdeed): Promise<Attempt> {
  const sentAt = Math.floor(realNowMs() / 1000) - (misdeed.ageSeconds ?? 0);
  try {
    const response = await fetch(destination.url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": signatureHeader(body, misdeed.secret ?? destination.secret, sentAt),
      },
    });
    const answered = (await response.text()).slice(0, longestKept);
    const error = response.ok ? null : `The endpoint answered ${response.status}.`;
    return { status: response.status, error, isFinal: false, response: answered };
  } catch (error) {
    return { status: null, error: String(error), isFinal: false };
  }
}
