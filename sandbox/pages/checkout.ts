import { type Context, Hono } from "hono";
import { applyCode } from "#sandbox/billing/checkout-discounts";
import { money } from "#sandbox/billing/lines";
import type { Engine } from "#sandbox/engine";
import { authorizeView } from "#sandbox/pages/authorize-view";
import { challengeView } from "#sandbox/pages/challenge-view";
import {
  askedFrom,
  checkForm,
  chosenWay,
  collectedIn,
  errorsFrom,
  type FieldErrors,
  quantitiesIn,
  type Typed,
  typedFrom,
} from "#sandbox/pages/checkout-form";
import { summarize } from "#sandbox/pages/checkout-summary";
import { checkoutView } from "#sandbox/pages/checkout-view";
import { embeddable, embeddedDone } from "#sandbox/pages/embedded";
import { onPage } from "#sandbox/pages/find-page";
import { notice, pageHeaders } from "#sandbox/pages/layout";
import { filledWith } from "#sandbox/pages/test-details";
import { testCards } from "#sandbox/payments/test-cards";
import { get } from "#sandbox/protocol/route";
import { answerChallenge, payCheckout } from "#sandbox/resources/checkout-completion";
import type { CheckoutResult } from "#sandbox/resources/checkout-end";
import { basisOf, keepCollected } from "#sandbox/resources/checkout-place";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Session = ObjectOf<"checkout.session">;

/** What a request on the page comes to: somewhere else, or a page to show. */
type Step =
  | { goTo: string }
  | { show: ReturnType<typeof checkoutView>; status: 200 | 410; session: Session };

/** The hosted Checkout page, and the challenge it can lead to. */
export function checkoutPages(engine: Engine): Hono {
  const pages = new Hono();
  const on = (context: Context, work: (world: World, id: string) => Step) =>
    answer(context, onPage(engine, "checkout.session", context.req.param("session") ?? "", work));

  pages.get("/c/pay/:session", (context) => on(context, (world, id) => openPage(world, id)));
  pages.post("/c/pay/:session", async (context) => {
    const form = await context.req.parseBody();
    const typed = typedFrom(form);
    const fill = typeof form.fill === "string" ? form.fill : undefined;
    return on(context, (world, id) => {
      const code = typeof form.code === "string" ? form.code.trim() : "";
      if (form.apply !== undefined || code !== "") return withCode(world, id, typed, code);
      if (fill !== undefined) return pageWith(world, id, filledWith(typed, fill), {});
      if (form.update !== undefined) return withQuantities(world, id, typed);
      return submit(world, id, typed);
    });
  });
  pages.get("/c/challenge/:session", (context) =>
    on(context, (world, id) => {
      const row = get(world, "checkout.session", id);
      if (row.hidden.challenged === undefined) return { goTo: `/c/pay/${id}` };
      return { show: askView(world, row), status: 200, session: row.object };
    }),
  );
  pages.post("/c/challenge/:session", async (context) => {
    const { answer: said } = await context.req.parseBody();
    return on(context, (world, id) => {
      const { object, hidden } = get(world, "checkout.session", id);
      if (object.status !== "open" || hidden.challenged === undefined) return openPage(world, id);
      const way = world.find("payment_method", hidden.challenged)?.object.type ?? "card";
      const typed = { ...blankForm(object), way };
      return after(world, id, typed, answerChallenge(world, id, said === "complete"));
    });
  });
  return pages;
}

function openPage(world: World, id: string): Step {
  const { object } = get(world, "checkout.session", id);
  return closed(object) ?? pageWith(world, id, blankForm(object), {});
}

function withCode(world: World, id: string, typed: Typed, code: string): Step {
  const row = get(world, "checkout.session", id);
  const ended = closed(row.object);
  if (ended !== undefined) return ended;
  keepCollected(world, row, undefined, quantitiesIn(typed));
  const codeError = applyCode(world, row, code, basisOf(world, row));
  return pageWith(world, id, typed, {}, { codeError });
}

function withQuantities(world: World, id: string, typed: Typed): Step {
  const row = get(world, "checkout.session", id);
  const ended = closed(row.object);
  if (ended !== undefined) return ended;
  keepCollected(world, row, undefined, quantitiesIn(typed));
  return pageWith(world, id, typed, {}, { news: totalNow(row.object) });
}

function submit(world: World, id: string, typed: Typed): Step {
  const row = get(world, "checkout.session", id);
  const { object } = row;
  // The second press of a button that already paid goes where the first one went.
  if (object.status === "complete") return completed(object);
  const ended = closed(object);
  if (ended !== undefined) return ended;
  const asked = askedFrom(object);
  const checked = checkForm(typed, asked);
  if ("errors" in checked) return pageWith(world, id, typed, checked.errors);
  keepCollected(world, row, collectedIn(typed, asked), quantitiesIn(typed));
  // Tax or a quantity changed the total: nobody pays what they have not seen.
  const today = money(row.object.amount_total ?? 0, row.object.currency ?? "usd");
  if (typed.seen !== undefined && typed.seen !== today) {
    return pageWith(world, id, typed, {}, { news: totalNow(row.object) });
  }
  return after(world, id, typed, payCheckout(world, id, checked.form));
}

function after(world: World, id: string, typed: Typed, result: CheckoutResult): Step {
  if (result.kind === "challenge") return { goTo: `/c/challenge/${id}` };
  if (result.kind === "declined") {
    const { object } = get(world, "checkout.session", id);
    const way = chosenWay(typed, askedFrom(object));
    return pageWith(world, id, { ...typed, cvc: "" }, errorsFrom(result.decline, way));
  }
  return completed(get(world, "checkout.session", id).object);
}

// Inside a shop's own page the shop is told, and leads on itself.
function completed(session: Session): Step {
  if (session.ui_mode !== "embedded_page") return { goTo: successUrl(session) };
  return { show: embeddedDone(session), status: 200, session };
}

function pageWith(
  world: World,
  id: string,
  typed: Typed,
  errors: FieldErrors,
  said: { codeError?: string | undefined; news?: string } = {},
): Step {
  const row = get(world, "checkout.session", id);
  const summary = summarize(world, row);
  return {
    show: checkoutView({
      ...{ summary, typed, errors, ...said },
      asked: askedFrom(row.object),
      action: `/c/pay/${id}`,
    }),
    status: 200,
    session: row.object,
  };
}

function closed(session: Session): Step | undefined {
  if (session.status === "open") return undefined;
  if (session.status === "complete") {
    if (session.ui_mode === "embedded_page") return completed(session);
    const text = "This checkout was completed. There is nothing more to pay here.";
    const link = { href: successUrl(session), label: "Go back" };
    return { show: notice("Already paid", text, link), status: 200, session };
  }
  const text = "This checkout was open for a while and nobody completed it. Nothing was charged.";
  const link =
    session.cancel_url === null ? undefined : { href: session.cancel_url, label: "Go back" };
  return { show: notice("This checkout has expired", text, link), status: 410, session };
}

function totalNow({ amount_total: total, currency }: Session): string {
  const today = money(total ?? 0, currency ?? "usd");
  return `The total due today is now ${today}. Press again to go on.`;
}

// A card's bank asks its holder; other ways have pages of their own.
function askView(world: World, { object, hidden }: Row<"checkout.session">) {
  const method = world.find("payment_method", hidden.challenged ?? "");
  const amount = money(object.amount_total ?? 0, object.currency ?? "usd");
  if (method !== undefined && method.object.type !== "card") {
    return authorizeView(method.object.type, amount);
  }
  const isCaptcha = testCards[method?.hidden.number ?? ""]?.challenge === "captcha";
  return challengeView({ amount, last4: method?.object.card?.last4 ?? "", isCaptcha });
}

function blankForm(session: Session): Typed {
  const email = session.customer_details?.email ?? session.customer_email ?? "";
  return { email, country: "US" };
}

function successUrl(session: Session): string {
  return (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

async function answer(context: Context, step: Step | undefined): Promise<Response> {
  if (step === undefined) {
    const text = "The address is wrong, or its world was reset.";
    return context.body(String(await notice("No such checkout", text)), 404, pageHeaders());
  }
  if ("goTo" in step) return context.redirect(step.goTo, 303);
  const { cancel_url, success_url, ui_mode } = step.session;
  const plain = pageHeaders([success_url, cancel_url]);
  const headers = ui_mode === "embedded_page" ? embeddable(plain) : plain;
  return context.body(String(await step.show), step.status, headers);
}
