import { type AdminCall, call, type Plane } from "#sandbox/admin/call";
import { authorize, deauthorize } from "#sandbox/connect/access";
import { demandOf, satisfy } from "#sandbox/connect/demands";
import { closeDispute } from "#sandbox/payments/dispute";
import { openReview, warnOfFraud } from "#sandbox/payments/fraud";
import { changeSettings } from "#sandbox/payments/local-settings";
import { openDispute } from "#sandbox/payments/open-dispute";
import { failPayout } from "#sandbox/payments/payout";
import { currencyCode } from "#sandbox/protocol/currency";
import { noSuch } from "#sandbox/protocol/errors";
import {
  boolean,
  byKey,
  decimal,
  integer,
  listOf,
  oneOf,
  required,
  shape,
  text,
  timestamp,
  unsettable,
} from "#sandbox/protocol/params";
import { get } from "#sandbox/protocol/route";
import { radarRules } from "#sandbox/store/kept";
import type { World } from "#sandbox/world/world";

/** What a bank, a cardholder or Stripe would do with money, done on demand. An object is found in
 *  whichever account of the namespace it belongs to. */
export const moneyCalls: Record<string, AdminCall> = {
  "POST /disputes": call(
    { charge: required(text), reason: text, amount: integer, inquiry: boolean },
    (plane, { charge, reason = "fraudulent", amount, inquiry }) =>
      whereIs(plane, charge, (world) => {
        const about = { reason, isInquiry: inquiry ?? false };
        const row = get(world, "charge", charge);
        return openDispute(world, row, amount === undefined ? about : { ...about, amount }).object;
      }),
  ),
  "POST /disputes/:id/decide": call(
    { verdict: required(oneOf(["won", "lost", "warning_closed"])) },
    (plane, { verdict }, id) =>
      whereIs(plane, id, (world) => {
        const row = get(world, "dispute", id);
        closeDispute(world, row, verdict);
        return row.object;
      }),
  ),
  "POST /early-fraud-warnings": call({ charge: required(text) }, (plane, { charge }) =>
    whereIs(plane, charge, (world) => warnOfFraud(world, get(world, "charge", charge))),
  ),
  "POST /reviews": call({ charge: required(text) }, (plane, { charge }) =>
    whereIs(plane, charge, (world) => openReview(world, get(world, "charge", charge))),
  ),
  "POST /payouts/:id/fail": call({ code: text }, (plane, { code = "could_not_process" }, id) =>
    whereIs(plane, id, (world) => {
      const row = get(world, "payout", id);
      failPayout(world, row, code);
      return row.object;
    }),
  ),
  "POST /accounts/:id/requirements": call(
    { description: required(text), deadline_seconds: integer, error: text },
    ({ engine, namespace }, { description, deadline_seconds: seconds, error }, id) =>
      engine.inWorld({ namespace }, (world) => {
        const deadline = seconds === undefined ? null : world.now() + seconds;
        return demandOf(world, id, { description, deadline, ...(error && { error }) });
      }),
  ),
  "POST /accounts/:id/requirements/satisfy": call(
    { description: required(text) },
    ({ engine, namespace }, { description }, id) =>
      engine.inWorld({ namespace }, (world) => satisfy(world, id, description)),
  ),
  "POST /accounts/:id/deauthorize": call({}, ({ engine, namespace }, _sent, id) =>
    engine.inWorld({ namespace }, (world) => deauthorize(world, id)),
  ),
  "POST /accounts/:id/authorize": call({}, ({ engine, namespace }, _sent, id) =>
    engine.inWorld({ namespace }, (world) => authorize(world, id)),
  ),
  "POST /settings": call(
    {
      balance_transaction_delay_seconds: timestamp,
      meter_event_delay_seconds: timestamp,
      fees: byKey(shape({ percent: required(text), fixed_minor: required(integer) })),
      dispute_prevention: shape({ deflection: boolean, resolution: boolean }),
      radar: shape({ rules: required(listOf(oneOf(radarRules))) }),
      settlement: unsettable(
        shape({ currency: required(currencyCode), rates: required(byKey(decimal)) }),
      ),
    },
    ({ engine, namespace }, sent) =>
      engine.inWorld({ namespace }, (world) => changeSettings(world, sent)),
  ),
};

/** Work in the account an object belongs to. */
export function whereIs<Result>(
  plane: Plane,
  id: string,
  work: (world: World) => Result,
): Result | object {
  const { engine, namespace } = plane;
  const found = engine.database.one(
    "SELECT account FROM objects WHERE namespace = ? AND id = ? LIMIT 1",
    ...[namespace.name, id],
  );
  if (found === undefined) throw noSuch("object", id);
  return engine.inWorld({ namespace, account: String(found.account) }, work) ?? { done: true };
}
