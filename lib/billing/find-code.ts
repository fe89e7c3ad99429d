import { Refusal } from "#lib/errors";
import type { StripeGateway } from "#lib/stripe/gateway";

export type FoundCode = { id: string; code: string; words: string };

/** The promotion code someone typed, or a refusal that says why it does nothing. */
export async function findCode(
  gateway: StripeGateway,
  typed: string,
  currency: string,
): Promise<FoundCode> {
  const found = await gateway.findPromotionCode(typed.trim());
  const refuse = (message: string) => new Refusal("invalid", message, { field: "code" });
  if (!found) throw refuse(`There is no code ${typed.trim()}. Look at its spelling.`);
  if (found.isUsedUp) throw refuse(`The code ${found.code} was used up. It cannot be used again.`);
  if (!found.isActive) throw refuse(`The code ${found.code} is no longer valid.`);
  if (found.currency && found.currency !== currency) {
    throw refuse(`The code ${found.code} is for prices in ${found.currency.toUpperCase()}.`);
  }
  return { id: found.id, code: found.code, words: found.words };
}
