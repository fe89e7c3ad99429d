import { listen, monthlyPrice, type TestStripe } from "#tests/sandbox/with-sandbox";

/** A world with something of most kinds in it, made by the official SDK. */
export async function populated(sandbox: TestStripe, name: string) {
  const stripe = sandbox.client(name);
  const admin = (path: string, body: object) => sandbox.admin(path, body, name);
  const good = await listen();
  const bad = await listen();
  bad.answer(500);
  await stripe.webhookEndpoints.create({ url: good.url, enabled_events: ["*"] });
  await stripe.webhookEndpoints.create({ url: bad.url, enabled_events: ["invoice.paid"] });

  const customer = await stripe.customers.create({
    ...{ name: "<script>alert(1)</script>", email: "ada@harbour.test" },
  });
  await stripe.customers.create({ name: "Harbour & Sons", email: "mo@harbour.test" });
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
  const price = await monthlyPrice(stripe, 4900);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const invoice = await stripe.invoices.create({ customer: customer.id, auto_advance: false });
  await stripe.invoiceItems.create({
    ...{ customer: customer.id, invoice: invoice.id, amount: 990, currency: "usd" },
  });

  const account = await shop(sandbox, name);
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 12_500, currency: "usd", customer: customer.id, payment_method: method.id },
    ...{ confirm: true, off_session: true, application_fee_amount: 500 },
    transfer_data: { destination: account },
  });
  const charge = await stripe.charges.retrieve(String(intent.latest_charge));
  await stripe.refunds.create({ charge: charge.id, amount: 500 });
  const plain = await stripe.paymentIntents.create({
    ...{ amount: 4000, currency: "usd", customer: customer.id, payment_method: method.id },
    ...{ confirm: true, off_session: true },
  });
  const transfer = await stripe.transfers.retrieve(String(charge.transfer));
  await stripe.coupons.create({ id: "SPRING20", percent_off: 20, duration: "once" });
  await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: "SPRING20" } });
  await stripe.setupIntents.create({ customer: customer.id });
  await stripe.taxRates.create({ display_name: "VAT", percentage: 20, inclusive: false });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  await admin("/disputes", { charge: String(plain.latest_charge) });
  await admin("/settle", {});
  return {
    ...{ customer: customer.id, subscription: subscription.id, invoice: invoice.id, account },
    ...{ charge: charge.id, transfer: transfer.id, clock: clock.id, good, bad },
    payment: String(transfer.destination_payment),
    close() {
      good.close();
      bad.close();
    },
  };
}

async function shop(sandbox: TestStripe, name: string): Promise<string> {
  const account = await sandbox.client(name).v2.core.accounts.create({
    display_name: "Corner shop",
    dashboard: "none",
    identity: { country: "us" },
    configuration: {
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
  });
  await sandbox.admin(`/accounts/${account.id}/onboard`, {}, name);
  return account.id;
}
