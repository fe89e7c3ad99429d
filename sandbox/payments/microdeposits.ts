import { StripeError } from "#sandbox/protocol/errors";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What the holder of a bank account read on its statement. */
export interface ToldDeposits {
  amounts?: readonly number[];
  descriptor_code?: string;
}

/** How telling it went. What `isOver` cannot be tried again: another payment method may. */
export type DepositVerdict =
  | { isRight: true }
  | { isRight: false; isOver: boolean; code: string; message: string; param: string };

/** Stripe's test answers, by code or by amounts in rising order; any other is a wrong one:
 *  https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-integration */
const answers: Record<string, "exceeded" | "right" | "timeout"> = {
  ...{ SM11AA: "right", SM33CC: "exceeded", SM44DD: "timeout" },
  ...{ "32,45": "right", "10,11": "exceeded", "40,41": "timeout" },
};
const most = { amounts: 3, descriptor_code: 10 };
const prefix = "payment_method_microdeposit_verification";

/** Checks what was told, and notes on the payment method that it is its holder's or how often it
 *  was told wrongly. */
export function tellDeposits(
  world: World,
  method: Row<"payment_method">,
  told: ToldDeposits,
): DepositVerdict {
  const param = told.amounts === undefined ? "descriptor_code" : "amounts";
  const given = told.amounts?.toSorted((left, right) => left - right).join(",");
  const answer = answers[given ?? told.descriptor_code ?? ""];
  if (answer === "right") {
    method.hidden = { ...method.hidden, isAuthenticated: true };
    world.save(method);
    return { isRight: true };
  }
  if (told.amounts !== undefined && !isPair(told.amounts)) {
    const message = "Amounts are two positive integers, in cents.";
    return { isRight: false, isOver: false, code: `${prefix}_amounts_invalid`, message, param };
  }
  const tries = (method.hidden.depositTries ?? 0) + 1;
  method.hidden = { ...method.hidden, depositTries: tries };
  world.save(method);
  if (answer === "timeout") {
    const message = "The microdeposits were not verified within 10 days.";
    return { isRight: false, isOver: true, code: `${prefix}_timeout`, message, param };
  }
  if (answer === "exceeded" || tries >= most[param]) {
    const message = "You have exceeded the number of allowed verification attempts.";
    return { isRight: false, isOver: true, code: `${prefix}_attempts_exceeded`, message, param };
  }
  return { isRight: false, isOver: false, param, ...mismatch[param] };
}

const mismatch = {
  amounts: {
    code: `${prefix}_amounts_mismatch`,
    message: "The amounts provided do not match the amounts that were sent to the bank account.",
  },
  descriptor_code: {
    code: `${prefix}_descriptor_code_mismatch`,
    message: "The descriptor code does not match the one that was sent to the bank account.",
  },
};

/** A wrong answer as the API says it. That it was given stays. */
export function depositError(verdict: DepositVerdict & { isRight: false }): StripeError {
  const { code, message, param } = verdict;
  const body = { type: "invalid_request_error" as const, code, message, param };
  return new StripeError(400, body, { keepsWrites: true });
}

function isPair(amounts: readonly number[]): boolean {
  return amounts.length === 2 && amounts.every((amount) => amount > 0);
}
