import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { askForTurn } from "#lib/webhooks/ask-for-turn";
import { claimDue, type Try } from "#lib/webhooks/claim-due";
import { ourReach } from "#lib/webhooks/reach";
import { recordAttempt } from "#lib/webhooks/record-attempt";
import { type Outcome, type Resolve, sendRequest } from "#lib/webhooks/send-request";

/** How names are looked up and how long an answer may take; a test has its own. */
export type Sending = { readonly resolve?: Resolve; readonly timeoutMs?: number };

/**
 * One turn of an endpoint: what is due is sent, all at once, and what is left asks for another turn
 * behind everyone else's. A message is sent at least once: a worker that dies between the answer
 * and our note of it has it sent again, under the same id.
 */
export async function sendDue(
  ctx: Context,
  { endpointId }: { endpointId: string },
  sending: Sending = {},
): Promise<void> {
  const tries = await claimDue(ctx, endpointId);
  if (tries.length === 0) return;
  const results = await Promise.allSettled(
    tries.map(async (made) => recordAttempt(ctx, made, await send(made, sending))),
  );
  await askAgain(ctx, endpointId);
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

function send({ url, headers, body, isSigned }: Try, sending: Sending): Promise<Outcome> {
  if (!isSigned) return Promise.resolve(unsigned);
  return sendRequest({ url, headers, body, reach: ourReach(), ...sending });
}

const unsigned: Outcome = {
  ...{ status: null, body: "", headers: {}, retryAfter: null, durationMs: 0 },
  error: "The signing secret cannot be opened. Rotate it.",
};

async function askAgain(ctx: Context, endpointId: string): Promise<void> {
  await transact(ctx, "webhooks.ask-again", async (tx) => {
    const [waiting] = await tx.$queryRaw<{ is_failing: boolean }[]>`
      select s.failing_since is not null as is_failing from webhook_standings s
      where s.endpoint_id = ${endpointId} and exists (select from webhook_deliveries d
        where d.endpoint_id = s.endpoint_id and d.status = 'queued' and d.due_at <= ${ctx.now()}
          and (d.claimed_until is null or d.claimed_until < clock_timestamp()))`;
    if (!waiting) return;
    const turn = { endpointId, isFailing: waiting.is_failing };
    await askForTurn(tx, turn, { key: `webhooks:${endpointId}` });
  });
}
