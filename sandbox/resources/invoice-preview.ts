import { blankInvoice } from "#sandbox/billing/blank-invoice";
import { discountsFor, giveDiscounts } from "#sandbox/billing/discounts";
import { splitDue } from "#sandbox/billing/finalize-invoice";
import { customerItems, lineFromPending } from "#sandbox/billing/pending-items";
import { priceInvoice } from "#sandbox/billing/price-invoice";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get, type Routes, route } from "#sandbox/protocol/route";
import { customerNamedBy } from "#sandbox/resources/customer-named";
import { noneUpcoming } from "#sandbox/resources/next-invoice";
import { previewedCustomer, previewItems } from "#sandbox/resources/preview-customer";
import { type PreviewSent, previewFields } from "#sandbox/resources/preview-fields";
import { previewSchedule } from "#sandbox/resources/preview-schedule";
import { previewChange, previewNew } from "#sandbox/resources/preview-subscription";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf, show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;

/** `/v1/invoices/create_preview`: what is asked about is really done, looked at, and undone. */
export const invoicePreviewRoutes: Routes = {
  "POST /v1/invoices/create_preview": route(previewFields, (world, params) => {
    const { drafted, discounts } = world.database.rehearse(() => {
      const invoice = rehearse(world, params);
      return { drafted: invoice, discounts: discountsOf(world, invoice) };
    });
    const { due, ending } = splitDue(drafted.total, drafted.starting_balance);
    return show(world, {
      ...drafted,
      id: `upcoming_${drafted.id}`,
      amount_due: due,
      amount_paid: 0,
      amount_remaining: due,
      attempt_count: 0,
      attempted: false,
      billing_reason: "upcoming",
      discounts: keptOrWhole(world, discounts),
      effective_at: null,
      ending_balance: ending,
      hosted_invoice_url: null,
      invoice_pdf: null,
      number: null,
      parent: parentOf(world, drafted, params),
      status: "draft",
      status_transitions: { ...drafted.status_transitions, finalized_at: null, paid_at: null },
    });
  }),
};

function discountsOf(world: World, { discounts }: Invoice) {
  return new Map(
    (discounts ?? []).map((id) => {
      const row = world.find("discount", String(id));
      return [String(id), row === undefined ? undefined : show(world, row.object)];
    }),
  );
}

// One that is only asked about is shown whole: when the answer is read there is none to ask for.
function keptOrWhole(world: World, discounts: ReturnType<typeof discountsOf>): string[] {
  const shown = [...discounts].map(([id, whole]) => {
    return world.find("discount", id) === undefined ? (whole ?? id) : id;
  });
  return shown as string[];
}

// As of when a preview prorates, if it does.
function parentOf(
  world: World,
  { parent, lines }: Invoice,
  { subscription_details: change }: PreviewSent,
): Invoice["parent"] {
  const details = parent?.subscription_details;
  const prorates = lines.data.some((line) => line.parent?.subscription_item_details?.proration);
  if (!details || !prorates || change === undefined) return parent;
  const at = change.proration_date ?? world.now();
  return { ...parent, subscription_details: { ...details, subscription_proration_date: at } };
}

function rehearse(world: World, params: PreviewSent): Invoice {
  const subject = subjectOf(world, params);
  const named = customerNamedBy(world, params)?.object.id ?? subject?.object.customer;
  const known =
    named === undefined && params.customer_details === undefined
      ? undefined
      : previewedCustomer(world, named, params.customer_details);
  const customer = () => known ?? nobody();
  const currency = params.currency ?? subject?.object.currency;
  const items = params.preview_mode === "recurring" ? [] : (params.invoice_items ?? []);
  if (known !== undefined) previewItems(world, known, items, currency ?? "usd");
  const isOfSchedule = params.schedule !== undefined || params.schedule_details !== undefined;
  const drafted = isOfSchedule
    ? previewSchedule(world, customer, params)
    : isNew(params)
      ? previewNew(world, customer(), params)
      : subject === undefined
        ? draftAlone(world, customer(), params)
        : previewChange(world, subject, params);
  checkCurrency(params, drafted);
  return adjusted(world, drafted, params, isOfSchedule);
}

// Items without a subscription are those of one to be.
function isNew({ subscription, subscription_details: details }: PreviewSent): boolean {
  return subscription === undefined && details?.items !== undefined;
}

function subjectOf(world: World, params: PreviewSent): Row<"subscription"> | undefined {
  if (params.subscription !== undefined) {
    return get(world, "subscription", params.subscription, "subscription");
  }
  const isOther = params.schedule ?? params.schedule_details ?? params.subscription_details?.items;
  const customer = isOther === undefined ? customerNamedBy(world, params) : undefined;
  if (customer === undefined) return undefined;
  const live = world.list("subscription", {
    customer: customer.object.id,
    statuses: ["active", "trialing", "past_due"],
  });
  const endOf = ({ object }: Row<"subscription">) =>
    Math.min(
      ...world
        .list("subscription_item", { parent: object.id })
        .map((item) => item.object.current_period_end),
    );
  return live.sort((left, right) => endOf(left) - endOf(right))[0];
}

// Without a subscription, what waits for a customer's next invoice is all there is.
function draftAlone(world: World, customer: Row<"customer">, params: PreviewSent): Invoice {
  const { object } = customer;
  const waiting = customerItems(world, object.id);
  const currency = params.currency ?? waiting[0]?.object.currency ?? object.currency ?? "usd";
  const taken = waiting.filter((item) => item.object.currency === currency);
  if (taken.length === 0) throw noneUpcoming(object.id);
  const blank = blankInvoice(world, object, currency);
  const lines = taken.map((item) => lineFromPending(world, item, blank.id));
  return priceInvoice(world, {
    ...blank,
    discounts: discountsFor(world, object, undefined),
    lines: listOf(`/v1/invoices/${blank.id}/lines`, lines),
  });
}

// Tax and discounts a request wants to see, whatever the invoice began with.
function adjusted(
  world: World,
  invoice: Invoice,
  { automatic_tax: tax, discounts: sent }: PreviewSent,
  isOfSchedule: boolean,
): Invoice {
  const ownDiscounts = sent !== undefined && (isOfSchedule || invoice.parent === null);
  if (tax === undefined && !ownDiscounts) return invoice;
  const owner = { customer: invoice.customer, invoice: invoice.id };
  const use = { customer: invoice.customer ?? "", currency: invoice.currency };
  return priceInvoice(world, {
    ...invoice,
    ...(tax === undefined
      ? {}
      : {
          automatic_tax: {
            ...invoice.automatic_tax,
            enabled: tax.enabled,
            liability: tax.enabled ? { type: "self" } : null,
          },
        }),
    ...(ownDiscounts ? { discounts: giveDiscounts(world, sent ?? [], owner, use) } : {}),
  });
}

function checkCurrency({ currency }: PreviewSent, invoice: Invoice): void {
  if (currency === undefined || currency === invoice.currency) return;
  const message = `This invoice is in ${invoice.currency} and is not previewed in ${currency}.`;
  throw invalidRequest(message, undefined, "currency");
}

function nobody(): never {
  const message = "Missing required param: subscription.";
  throw invalidRequest(message, "parameter_missing", "customer");
}
