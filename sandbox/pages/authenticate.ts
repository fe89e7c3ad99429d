import { type Context, Hono } from "hono";
import { noteFailure } from "#sandbox/billing/collect-invoice";
import { payIntent } from "#sandbox/billing/credit-invoice";
import { invoiceOf } from "#sandbox/billing/default-payment";
import { money } from "#sandbox/billing/lines";
import type { Engine } from "#sandbox/engine";
import { type Challenge, challengeView } from "#sandbox/pages/challenge-view";
import { onPage } from "#sandbox/pages/find-page";
import { notice, pageHeaders } from "#sandbox/pages/layout";
import { authenticationFailed, failChallenge } from "#sandbox/payments/intent";
import { testCards } from "#sandbox/payments/test-cards";
import { get } from "#sandbox/protocol/route";
import type { World } from "#sandbox/world/world";

const authenticated = { isOffSession: false, isAuthenticated: true };

/** Where a payment intent that needs its payer sends them: `next_action.redirect_to_url.url`. */
export function authenticatePages(engine: Engine): Hono {
  const pages = new Hono();
  const path = "/c/authenticate/:secret";
  const on = <Result>(context: Context, work: (world: World, id: string) => Result) =>
    onPage(engine, "payment_intent", context.req.param("secret") ?? "", work);

  pages.get(path, async (context) => {
    const asked = on(context, askedOf);
    const shown = asked
      ? challengeView(asked)
      : notice("Nothing to confirm", "This payment does not wait for anybody.");
    const headers = pageHeaders([on(context, returnUrl) ?? null]);
    return context.body(String(await shown), asked === undefined ? 404 : 200, headers);
  });
  pages.post(path, async (context) => {
    const { answer } = await context.req.parseBody();
    const back = on(context, returnUrl);
    const status = on(context, (world, id) => settle(world, id, answer === "complete"));
    if (back) return context.redirect(back, 303);
    const isPaid = status === "succeeded";
    const shown = isPaid
      ? notice("Confirmed", "The payment went through. You can close this page.")
      : notice("Not confirmed", "The payment did not go through. You can close this page.");
    return context.body(String(await shown), status === undefined ? 404 : 200, pageHeaders());
  });
  return pages;
}

/** What a payer is asked to approve; null when the payment waits for nobody. */
export function askedOf(world: World, id: string): Challenge | null {
  const { object } = get(world, "payment_intent", id);
  if (object.status !== "requires_action") return null;
  const method = world.find("payment_method", object.payment_method ?? "");
  return {
    amount: money(object.amount, object.currency),
    last4: method?.object.card?.last4 ?? method?.object.us_bank_account?.last4 ?? "",
    isCaptcha: testCards[method?.hidden.number ?? ""]?.challenge === "captcha",
  };
}

// Where the integration wants its payer back, told which payment it was and its secret.
function returnUrl(world: World, id: string): string | undefined {
  const { client_secret: secret, next_action: action } = get(world, "payment_intent", id).object;
  const url = action?.redirect_to_url?.return_url;
  if (!url || !URL.canParse(url)) return undefined;
  const back = new URL(url);
  back.searchParams.set("payment_intent", id);
  back.searchParams.set("payment_intent_client_secret", secret ?? "");
  return back.href;
}

/** The payer has answered: the payment goes on, or needs another method. */
export function settle(world: World, id: string, isPassed: boolean): string {
  const intent = get(world, "payment_intent", id);
  const method = world.find("payment_method", intent.object.payment_method ?? "");
  if (intent.object.status !== "requires_action" || method === undefined) {
    return intent.object.status;
  }
  if (!isPassed) {
    failChallenge(world, intent);
    const invoice = invoiceOf(world, id);
    if (invoice) noteFailure(world, invoice, { kind: "declined", decline: authenticationFailed });
    return get(world, "payment_intent", id).object.status;
  }
  method.hidden = { ...method.hidden, isAuthenticated: true };
  world.save(method);
  payIntent(world, intent, method, authenticated);
  return get(world, "payment_intent", id).object.status;
}
