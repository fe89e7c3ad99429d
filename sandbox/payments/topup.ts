import { post, today } from "#sandbox/payments/ledger";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

const day = 86_400;
const daysToArrive = 2;

/** Money the platform brings from its bank. It comes in two days, and is bank money. */
export function createTopup(
  world: World,
  input: Pick<ObjectOf<"topup">, "amount" | "currency"> & Partial<ObjectOf<"topup">>,
): Row<"topup"> {
  const arrival = today(world) + daysToArrive * day;
  const object: ObjectOf<"topup"> = {
    object: "topup",
    id: world.newId("tu"),
    balance_transaction: null,
    created: world.now(),
    description: null,
    expected_availability_date: arrival,
    failure_code: null,
    failure_message: null,
    initiated_by: "user",
    livemode: false,
    metadata: {},
    source: null,
    statement_descriptor: null,
    status: "pending",
    transfer_group: null,
    ...input,
  };
  const row = world.insert("topup", object, {});
  world.schedule("topup.advance", object.id, arrival);
  world.emit("topup.created", object);
  return row;
}

/** The money has come. */
export function advanceTopup(world: World, id: string): void {
  const row = world.find("topup", id);
  if (row?.object.status !== "pending") return;
  const { amount, currency } = row.object;
  const ledger = post(world, {
    ...{ amount, currency, source: id, type: "topup", sourceType: "bank_account" },
    availableOn: today(world),
    description: row.object.description ?? "Top-up",
  });
  row.object = { ...row.object, balance_transaction: ledger.id, status: "succeeded" };
  world.save(row);
  world.emit("topup.succeeded", row.object, { status: "pending" });
}

/** Calls it off while it is under way. */
export function cancelTopup(world: World, row: Row<"topup">): void {
  if (row.object.status !== "pending") {
    throw invalidRequest(`Topups that are ${row.object.status} cannot be canceled.`);
  }
  world.unschedule("topup.advance", row.object.id);
  row.object = { ...row.object, expected_availability_date: null, status: "canceled" };
  world.save(row);
  world.emit("topup.canceled", row.object, { status: "pending" });
}
