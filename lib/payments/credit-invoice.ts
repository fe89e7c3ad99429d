import { Refusal } from "#lib/errors";
import { type Money, money } from "#lib/money/money";
import { creditRequestOf } from "#lib/payments/credit-request";
import { type FoundInvoice, findInvoice } from "#lib/payments/find-invoice";
import type { CreditActInput, CreditInput } from "#lib/payments/input";
import type { MoneyActView } from "#lib/payments/money-act";
import { runAct } from "#lib/payments/run-act";
import { wordsOf } from "#lib/payments/stripe-no";
import { isStripesNo } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { CreditNoteRequest } from "#lib/stripe/gateway-invoices";
import type { StripeInvoice } from "#lib/stripe/objects";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a credit note would be, before it is one. */
export type CreditPreview = {
  total: Money;
  tax: Money;
  /** Taken off what is still due. */
  takenOff: Money;
  /** Of what was paid: back to where it came from, to the balance, or settled elsewhere. */
  refunded: Money;
  toBalance: Money;
  outside: Money;
  dueAfter: Money;
};

/** Shows what crediting would do, as Stripe works it out, and does nothing. */
export async function previewCredit(
  ctx: PlatformContext,
  { invoiceId, ...input }: CreditInput & { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<CreditPreview> {
  requirePlatform(ctx, "invoices:read");
  const { preview } = await decide(gateway, await findInvoice(ctx, invoiceId), input);
  return preview;
}

/** Credits an invoice, whole, by a sum or by lines. Never more than is left to credit. */
export async function creditInvoice(
  ctx: PlatformContext,
  { invoiceId, ...input }: CreditActInput & { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyActView> {
  requirePlatform(ctx, "money:update");
  const invoice = await findInvoice(ctx, invoiceId);
  const asked = { key: input.key, kind: "credit_note" as const, about: invoiceId };
  return runAct(ctx, gateway, asked, async () => {
    const { request, preview } = await decide(gateway, invoice, input);
    const { tenantId } = invoice;
    return { tenantId, invoiceId, reason: input.why, amount: preview.total, ask: request };
  });
}

async function decide(
  gateway: StripeGateway,
  { id, currency }: FoundInvoice,
  input: CreditInput,
): Promise<{ request: CreditNoteRequest; preview: CreditPreview }> {
  const object = (await gateway.findObject("invoice", id, "")) as StripeInvoice | null;
  if (!object) throw new Refusal("gone", "Stripe no longer has this invoice.");
  const request = creditRequestOf(object, input);
  const note = await gateway.previewCreditNote(request).catch(sayNo);
  const of = (minor: number) => money(BigInt(minor), currency);
  const tax = (note.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return {
    request,
    preview: {
      total: of(note.total),
      tax: of(tax),
      takenOff: of(note.pre_payment_amount),
      refunded: of(request.refundAmount),
      toBalance: of(request.creditAmount),
      outside: of(request.outOfBandAmount),
      dueAfter: of(object.amount_remaining - note.pre_payment_amount),
    },
  };
}

function sayNo(error: unknown): never {
  if (isStripesNo(error)) throw new Refusal("conflict", wordsOf(error));
  throw error;
}
