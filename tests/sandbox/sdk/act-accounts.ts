import { readyAccount, type TestStripe } from "#tests/sandbox/with-sandbox";

const paidBy = {
  defaults: {
    responsibilities: { fees_collector: "application", losses_collector: "application" },
  },
} as const;

/** Does once each thing with accounts and endpoints that reading and updating leaves undone. */
export async function actOnAccounts(sandbox: TestStripe, name: string): Promise<void> {
  const stripe = sandbox.client(name);
  const { accounts, accountLinks, eventDestinations } = stripe.v2.core;
  const { id: account } = await accounts.create({
    ...{ display_name: "Shop", dashboard: "none", identity: { country: "us" } },
    configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
  });
  const urls = { refresh_url: "http://shop.test/again", return_url: "http://shop.test/back" };
  const use_case = { type: "account_onboarding", account_onboarding: urls } as const;
  await accountLinks.create({ account, use_case });
  await stripe.accountLinks.create({ account, type: "account_onboarding", ...urls });
  await stripe.accountSessions.create({ account, components: { payments: { enabled: true } } });
  const person = await accounts.persons.create(account, { given_name: "Ada" });
  await accounts.persons.retrieve(account, person.id);
  await accounts.persons.update(account, person.id, { surname: "Lovelace" });
  await stripe.accounts.retrievePerson(account, person.id);
  await accounts.persons.del(account, person.id);
  const express = await readyAccount(sandbox, name, { dashboard: "express", ...paidBy });
  await stripe.accounts.createLoginLink(express);
  const closing = await accounts.create({ display_name: "Short-lived" });
  await accounts.close(closing.id);

  const made = await eventDestinations.create({
    ...{ name: "Ours", type: "webhook_endpoint", event_payload: "thin" },
    ...{ enabled_events: ["*"], webhook_endpoint: { url: "http://127.0.0.1:9/" } },
  });
  await eventDestinations.update(made.id, { name: "Theirs" });
  await eventDestinations.disable(made.id);
  await eventDestinations.enable(made.id);
  await eventDestinations.retrieve(made.id);
  await eventDestinations.ping(made.id);
  await eventDestinations.del(made.id);
  const url = "http://127.0.0.1:9/";
  const endpoint = await stripe.webhookEndpoints.create({ url, enabled_events: ["*"] });
  await stripe.webhookEndpoints.del(endpoint.id);
}
