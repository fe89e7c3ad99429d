import { setTimeout as pause } from "node:timers/promises";
import { rateLimited, StripeError } from "#sandbox/protocol/errors";

/** Thrown where a real connection would have been cut, so that the server cuts it. */
export class ConnectionCut extends Error {}

const slowMs = 1500;

/** Does the work, going wrong around it in the way a fault asks for. */
export async function sufferFault<Answer>(
  fault: string | undefined,
  work: () => Answer,
): Promise<Answer> {
  const suffer = fault === undefined ? undefined : sufferings[fault];
  await suffer?.before?.();
  const answer = work();
  suffer?.after?.();
  return answer;
}

const sufferings: Record<string, { before?: () => Promise<void>; after?: () => void }> = {
  "429": {
    before: async () => {
      throw rateLimited();
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
