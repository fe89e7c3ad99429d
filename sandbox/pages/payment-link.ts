import { Hono } from "hono";
import type { Engine } from "#sandbox/engine";
import { onPage } from "#sandbox/pages/find-page";
import { notice, pageHeaders } from "#sandbox/pages/layout";
import { get } from "#sandbox/protocol/route";
import { openLink } from "#sandbox/resources/payment-links";

/** Where a payment link leads: to a checkout of one's own, and to thanks when it is paid. */
export function paymentLinkPages(engine: Engine): Hono {
  const pages = new Hono();
  pages.get("/l/:key", async (context) => {
    const opened = onPage(engine, "payment_link", context.req.param("key"), openLink);
    if (opened !== undefined && "session" in opened) {
      return context.redirect(`/c/pay/${opened.session}`, 303);
    }
    const shown =
      opened === undefined
        ? notice("No such link", "The address is wrong, or its world was reset.")
        : notice("This link is closed", opened.closed);
    return context.body(String(await shown), opened === undefined ? 404 : 410, pageHeaders());
  });
  pages.get("/l/:key/done", async (context) => {
    const message = onPage(engine, "payment_link", context.req.param("key"), (world, id) => {
      const { after_completion: after } = get(world, "payment_link", id).object;
      return after.hosted_confirmation?.custom_message ?? "Your payment went through.";
    });
    const shown = notice("Thank you", message ?? "There is nothing here.");
    return context.body(String(await shown), message === undefined ? 404 : 200, pageHeaders());
  });
  return pages;
}
