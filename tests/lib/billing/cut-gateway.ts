import type { StripeGateway } from "#lib/stripe/gateway";

/**
 * A gateway that is cut off at its n-th call: before Stripe does it, or after, when nobody hears
 * the answer any more. Every later call fails too.
 */
export function cutGateway(gateway: StripeGateway, nth: number, isBefore: boolean): StripeGateway {
  let calls = 0;
  const cut =
    (call: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]) => {
      calls += 1;
      if (calls > nth || (calls === nth && isBefore)) throw new Error("cut off");
      const answer = await call(...args);
      if (calls === nth) throw new Error("cut off");
      return answer;
    };
  const wrapped = Object.entries(gateway).map(([name, call]) => [name, cut(call as never)]);
  return Object.fromEntries(wrapped) as StripeGateway;
}
