import { confirmSetup, refuseSetup } from "#sandbox/billing/setup-card";
import { depositError, tellDeposits } from "#sandbox/payments/microdeposits";
import { invalidRequest } from "#sandbox/protocol/errors";
import { integer, listOf, text } from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";
import { show } from "#sandbox/store/views";

/** `/v1/setup_intents/:id/verify_microdeposits`: the small deposits were read rightly, so the bank
 *  account is its holder's and is saved. */
export const setupIntentDepositRoutes: Routes = {
  "POST /v1/setup_intents/:id/verify_microdeposits": route(
    { amounts: listOf(integer), client_secret: text, descriptor_code: text },
    (world, told, { id }) => {
      const row = get(world, "setup_intent", id);
      const { next_action: action, payment_method: named, status } = row.object;
      if (action?.type !== "verify_with_microdeposits") {
        const why = `it has a status of ${status}`;
        const message = `You cannot verify microdeposits of this SetupIntent because ${why}.`;
        throw invalidRequest(message, "setup_intent_unexpected_state");
      }
      const method = get(world, "payment_method", named ?? undefined);
      const verdict = tellDeposits(world, method, told);
      if (!verdict.isRight) {
        if (verdict.isOver) refuseSetup(world, row, method, verdict);
        throw depositError(verdict);
      }
      confirmSetup(world, row, method, true);
      return show(world, row.object);
    },
  ),
};
