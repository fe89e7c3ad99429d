import { type Context, Hono } from "hono";
import { answerSetup } from "#sandbox/billing/setup-card";
import type { Engine } from "#sandbox/engine";
import { challengeView } from "#sandbox/pages/challenge-view";
import { onPage } from "#sandbox/pages/find-page";
import { notice, pageHeaders } from "#sandbox/pages/layout";
import { get } from "#sandbox/protocol/route";
import type { World } from "#sandbox/world/world";

/** Where a setup intent that needs its holder sends them. */
export function setUpPages(engine: Engine): Hono {
  const pages = new Hono();
  const path = "/c/set-up/:secret";
  const on = <Result>(context: Context, work: (world: World, id: string) => Result) =>
    onPage(engine, "setup_intent", context.req.param("secret") ?? "", work);

  pages.get(path, async (context) => {
    const last4 = on(context, waitingCard);
    const shown =
      typeof last4 === "string"
        ? challengeView({ amount: "keeping it for later payments", last4 })
        : notice("Nothing to confirm", "This setup does not wait for anybody.");
    return context.body(String(await shown), last4 ? 200 : 404, pageHeaders());
  });
  pages.post(path, async (context) => {
    const { answer } = await context.req.parseBody();
    const status = on(context, (world, id) => {
      const row = get(world, "setup_intent", id);
      if (row.object.status === "requires_action") answerSetup(world, row, answer === "complete");
      return row.object.status;
    });
    const shown =
      status === "succeeded"
        ? notice("Confirmed", "The card is saved. You can close this page.")
        : notice("Not confirmed", "The card was not saved. You can close this page.");
    return context.body(String(await shown), status === undefined ? 404 : 200, pageHeaders());
  });
  return pages;
}

function waitingCard(world: World, id: string): string | null {
  const { object } = get(world, "setup_intent", id);
  if (object.status !== "requires_action") return null;
  const method = world.find("payment_method", object.payment_method ?? "")?.object;
  return method?.card?.last4 ?? method?.us_bank_account?.last4 ?? "";
}
