import { openDispute } from "#sandbox/payments/dispute";
import { openReview, warnOfFraud } from "#sandbox/payments/fraud";
import { testCards } from "#sandbox/payments/test-cards";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a test card is made to do once it has paid: be disputed, warned of or reviewed. */
export function followTestCard(world: World, charge: Row<"charge">, number: string): void {
  const card = testCards[number];
  if (card?.dispute) openDispute(world, charge, card.dispute);
  if (card?.warns) warnOfFraud(world, charge);
  if (card?.isRisky) openReview(world, charge);
}
