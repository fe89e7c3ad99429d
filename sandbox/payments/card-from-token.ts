import { createCard, tokenCard } from "#sandbox/payments/card";
import { tokenNames } from "#sandbox/payments/test-names";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** The card a token stands for: a ready-made one each time anew, one that somebody typed once. */
export function cardFromToken(world: World, id: string, param: string): Row<"payment_method"> {
  const number = tokenNames[id];
  if (number !== undefined) return createCard(world, tokenCard(world, number));
  const row = world.find("token", id);
  const card = row?.object.card;
  if (row === undefined || card === undefined) {
    throw invalidRequest(`No such token: '${id}'`, "resource_missing", param);
  }
  if (row.object.used) {
    const message = `You cannot use a Stripe token more than once: ${id}.`;
    throw invalidRequest(message, "token_already_used", param);
  }
  row.object = { ...row.object, used: true };
  world.save(row);
  return createCard(world, {
    number: row.hidden.number,
    expMonth: card.exp_month,
    expYear: card.exp_year,
    ...(card.cvc_check === null ? {} : { cvc: "123" }),
  });
}
