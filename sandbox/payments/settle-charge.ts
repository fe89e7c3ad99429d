import { processingFee } from "#sandbox/money/fees";
import { takeApplicationFee } from "#sandbox/payments/application-fee";
import {
  applicationFee,
  feeFor,
  post,
  settlementDay,
  stripeFee,
  today,
} from "#sandbox/payments/ledger";
import { settingsOf } from "#sandbox/payments/local-settings";
import { wayOf } from "#sandbox/payments/other-methods";
import { testCards } from "#sandbox/payments/test-cards";
import { makeTransfer } from "#sandbox/payments/transfer";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Shares out a captured charge: its ledger row, Stripe's fee, the platform's, and what is passed
 *  on to a destination. Every cent of it lands in some account's ledger. */
export function settleCharge(world: World, row: Row<"charge">): void {
  const availableOn = settlesOn(world, row.object);
  const share = row.object.application_fee_amount ?? 0;
  const isDirect = world.account !== world.namespace.account;
  if (isDirect && share > 0) {
    row.object = { ...row.object, application_fee: takeShare(world, row.object, availableOn) };
  }
  if (!isDirect) row.object = { ...row.object, ...passOn(world, row.object, availableOn) };
  const delay = settingsOf(world).balance_transaction_delay_seconds;
  if (delay === 0) postCharge(world, row, availableOn);
  else world.schedule("charge.post", row.object.id, world.now() + delay);
  world.save(row);
}

/** The ledger row that came late, announced when it has come. */
export function postLateCharge(world: World, id: string): void {
  const row = world.find("charge", id);
  if (row === undefined || row.object.balance_transaction !== null) return;
  postCharge(world, row, settlesOn(world, row.object));
  world.save(row);
  world.emit("charge.updated", row.object, { balance_transaction: null });
}

function postCharge(world: World, row: Row<"charge">, availableOn: number): void {
  const { amount_captured: amount, currency, description, id } = row.object;
  const isDirect = world.account !== world.namespace.account;
  const fee = priceOf(world, row.object, amount);
  const platformPays = isDirect && applicationPays(world);
  const share = isDirect ? (row.object.application_fee_amount ?? 0) : 0;
  const fees = [
    ...(platformPays ? [] : [stripeFee(fee, currency)]),
    ...(share === 0 ? [] : [applicationFee(share, currency)]),
  ];
  const facts = { amount, currency, availableOn, description, fees, source: id };
  const ledger = post(world, { ...facts, type: isByCard(row.object) ? "charge" : "payment" });
  row.object = { ...row.object, balance_transaction: ledger.id };
  if (!platformPays) return;
  post(world.as(world.namespace.account), {
    ...{ amount: -fee, currency, availableOn, source: id, type: "stripe_fee" },
    description: `Stripe processing fees of ${world.account}`,
  });
}

function priceOf(world: World, charge: ObjectOf<"charge">, amount: number): number {
  const way = wayOf({ type: charge.payment_method_details?.type ?? "card" });
  if (way === undefined) return feeFor(world, amount, countryOf(world, charge));
  return Number(processingFee(BigInt(amount), way.fee));
}

function isByCard({ payment_method_details: details }: ObjectOf<"charge">): boolean {
  return details === null || details.type === "card";
}

function takeShare(world: World, charge: ObjectOf<"charge">, availableOn: number): string {
  return takeApplicationFee(world.as(world.namespace.account), {
    account: world.account,
    charge: charge.id,
    amount: charge.application_fee_amount ?? 0,
    currency: charge.currency,
    availableOn,
    originating: null,
  });
}

// A destination charge: all of it moves on and the share comes back, or only a named part moves.
function passOn(
  world: World,
  charge: ObjectOf<"charge">,
  availableOn: number,
): Partial<ObjectOf<"charge">> {
  const { transfer_data: data, application_fee_amount: share } = charge;
  if (data === null) return {};
  const transfer = makeTransfer(world, {
    amount: data.amount ?? charge.amount_captured,
    currency: charge.currency,
    destination: data.destination,
    availableOn,
    source: charge,
    group: charge.transfer_group,
    ...(share === null ? {} : { share }),
  });
  const payment = world.as(data.destination).find("charge", destinationOf(transfer));
  return {
    application_fee: payment?.object.application_fee ?? null,
    transfer: transfer.object.id,
  };
}

function destinationOf({ object }: Row<"transfer">): string {
  return object.destination_payment ?? "";
}

function settlesOn(world: World, charge: ObjectOf<"charge">): number {
  const method = world.find("payment_method", charge.payment_method ?? "");
  const isAtOnce = testCards[method?.hidden.number ?? ""]?.settlesAtOnce;
  return isAtOnce ? today(world) : settlementDay(world);
}

// The merchant of record sets the price: the account itself, or the one it acts for.
function countryOf(world: World, charge: ObjectOf<"charge">): string {
  return accountOf(world, charge.on_behalf_of ?? world.account)?.identity?.country ?? "US";
}

function applicationPays(world: World): boolean {
  const account = accountOf(world, world.account);
  return account?.defaults?.responsibilities?.fees_collector?.startsWith("application") ?? false;
}

function accountOf(world: World, id: string): ObjectOf<"v2.core.account"> | undefined {
  return world.as(world.namespace.account).find("v2.core.account", id)?.object;
}
