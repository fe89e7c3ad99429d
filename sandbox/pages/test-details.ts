import type { Typed } from "#sandbox/pages/checkout-form";

/** The cards the page offers to fill in. */
export const offeredCards = [
  { number: "4242 4242 4242 4242", what: "Pays" },
  { number: "4000 0025 0000 3155", what: "Asks its holder to confirm, then pays" },
  { number: "4000 0027 6000 3184", what: "Asks its holder every time" },
  { number: "4000 0000 0000 0002", what: "Is declined" },
  { number: "4000 0000 0000 9995", what: "Has insufficient funds" },
  { number: "4000 0000 0000 0069", what: "Has expired" },
  { number: "4000 0000 0000 0127", what: "Has a wrong security code" },
  { number: "4000 0000 0000 0119", what: "Fails while processing" },
] as const;

/** A form filled with a test card, and with whatever else it lacks. */
export function filledWith(typed: Typed, number: string): Typed {
  const usual: Typed = {
    email: "payer@example.com",
    name: "Test Payer",
    country: "US",
    ...{ line1: "354 Oyster Point Blvd", city: "South San Francisco" },
    ...{ state: "CA", postal_code: "94080", phone: "+1 201 555 0123" },
  };
  const typedIn = Object.entries(typed).filter(([, value]) => value !== "");
  const card = { number, expiry: "12 / 34", cvc: "123", way: "card" };
  return { ...usual, ...Object.fromEntries(typedIn), ...card };
}
