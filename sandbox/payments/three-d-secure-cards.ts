import { declines } from "#sandbox/payments/declines";
import type { TestCard } from "#sandbox/payments/test-cards";

/** Cards that ask their holder to confirm a payment:
 *  https://docs.stripe.com/testing#regulatory-cards. Where a number carries the code of a country in
 *  the place the country cards have it, that country issued the card. */
export const threeDSecureCards: Record<string, TestCard> = {
  "4000002500003155": { brand: "visa", country: "FR", challenge: "until_set_up" },
  "4000002760003184": { brand: "visa", country: "DE", challenge: "always" },
  "4000003800000446": { brand: "visa", country: "IT", challenge: "on_session" },
  "4000008260003178": {
    ...{ brand: "visa", country: "GB", challenge: "one_time" },
    ...{ decline: declines.insufficientFunds, attachesAnyway: true },
  },
  "4000000000003220": { brand: "visa", country: "IE", challenge: "always" },
  "4000008400000027": { brand: "visa", challenge: "always" },
  "4000000000003063": { brand: "visa", challenge: "always" },
  "4000008400001629": {
    ...{ brand: "visa", challenge: "always" },
    ...{ decline: declines.generic, attachesAnyway: true },
  },
  "4000008400001280": { brand: "visa", threeDSecure: "lookup_fails" },
  "4000000000003055": { brand: "visa", threeDSecure: "challenges" },
  "4000000000003097": { brand: "visa", threeDSecure: "errs" },
  "4000000032200000": { brand: "visa", threeDSecure: "frictionless" },
  // Each opens another kind of challenge in an app; anywhere else it is an ordinary one.
  "4000582600000094": { brand: "visa", challenge: "always" },
  "4000582600000045": { brand: "visa", challenge: "always" },
  "4000582600000102": { brand: "visa", challenge: "always" },
  "4000582600000110": { brand: "visa", challenge: "always" },
  "4000000000001208": { brand: "visa", challenge: "captcha" },
  "4000000000003725": { brand: "visa", challenge: "captcha" },
};
