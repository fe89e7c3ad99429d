import { expect, test } from "vitest";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const ours = { fees_collector: "application", losses_collector: "application" } as const;
const at = (amount: number, method: string) => ({
  ...{ amount, currency: "usd", payment_method: method, confirm: true },
});

test("what an account at the platform's risk is short of is held of the platform's funds", async () => {
  const stripe = sandbox.client("r1");
  const account = await readyAccount(sandbox, "r1", { defaults: { responsibilities: ours } });
  await stripe.paymentIntents.create(at(100_000, "pm_card_bypassPending"));
  // 10,000 come in; the dispute takes them and its fee of 1,500.
  await stripe.paymentIntents.create(at(10_000, "pm_card_createDispute"), {
    stripeAccount: account,
  });

  const balance = await stripe.balance.retrieve();
  // 100,000 less 2,930 for itself, 320 for the account's charge and 1,500 held for the account.
  expect(balance.connect_reserved).toMatchObject([{ amount: 1500, currency: "usd" }]);
  const free = balance.available[0]?.amount ?? 0;
  const waiting = balance.pending[0]?.amount ?? 0;
  expect(free + waiting).toBe(100_000 - 2930 - 320 - 1500);

  const send = (amount: number) =>
    stripe.transfers.create({ amount, currency: "usd", destination: account });
  await expect(send(free + 1)).rejects.toMatchObject({ code: "balance_insufficient" });
  await send(1500);
  expect((await stripe.balance.retrieve()).connect_reserved).toEqual([]);
});
