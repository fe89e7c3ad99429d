import { openReview, warnOfFraud } from "#sandbox/payments/fraud";
import { openDispute } from "#sandbox/payments/open-dispute";
import { type TestCard, testCards } from "#sandbox/payments/test-cards";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a test card is made to do once it has paid: be disputed, warned of or reviewed. */
export function followTestCard(world: World, charge: Row<"charge">, number: string): void {
  const card = testCards[number];
  if (card?.dispute) dispute(world, charge, card.dispute);
  if (card?.warns) warnOfFraud(world, charge);
  if (card?.isRisky) openReview(world, charge);
}

// Disputed more than once, each takes an equal part, and the last one what does not divide.
function dispute(
  world: World,
  charge: Row<"charge">,
  { times = 1, ...cause }: NonNullable<TestCard["dispute"]>,
): void {
  if (times === 1) {
    openDispute(world, charge, cause);
    return;
  }
  const whole = charge.object.amount_captured;
  const part = Math.floor(whole / times);
  for (let left = times; left > 0; left -= 1) {
    const amount = left === 1 ? whole - part * (times - 1) : part;
    openDispute(world, charge, { ...cause, amount });
  }
}
