import { setTimeout as pause } from "node:timers/promises";
import { lockTimeout, rateLimited, StripeError } from "#sandbox/protocol/errors";
import type { Fault } from "#sandbox/world/faults";

/** Thrown where a real connection would have been cut, so that the server cuts it. */
export class ConnectionCut extends Error {}

const slowMs = 1500;

/** Does the work, going wrong around it in the way a fault asks for, under the headers it names. */
export async function sufferFault<Answer extends { headers?: Record<string, string> }>(
  fault: Fault | undefined,
  work: () => Answer,
): Promise<Answer> {
  if (fault === undefined) return work();
  const { before, after } = sufferings[fault.kind] ?? {};
  try {
    await before?.();
  } catch (error) {
    if (error instanceof StripeError) Object.assign(error.headers, fault.headers);
    throw error;
  }
  const answer = work();
  after?.();
  return { ...answer, headers: { ...answer.headers, ...fault.headers } };
}

const sufferings: Record<string, { before?: () => Promise<void>; after?: () => void }> = {
  "429": {
    before: async () => {
      throw rateLimited();
    },
  },
  lock_timeout: {
    before: async () => {
      throw lockTimeout();
    },
  },
  "500": {
    before: async () => {
      const message = "An unknown error occurred";
      throw new StripeError(500, { type: "api_error", message });
    },
  },
  timeout: {
    before: async () => {
      throw new ConnectionCut("A fault cut the connection before the work.");
    },
  },
  slow: { before: () => pause(slowMs) },
  drop_after_write: {
    after: () => {
      throw new ConnectionCut("A fault cut the connection after the work.");
    },
  },
};
