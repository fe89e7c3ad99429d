import Stripe from "stripe";
import type { Breakers } from "#lib/stripe/breakers";
import type { Budget } from "#lib/stripe/budget";

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;
type HttpResponse = Awaited<ReturnType<HttpClient["makeRequest"]>>;

export type Guards = {
  breakers: Breakers;
  /** Told where Stripe finds an account's requests too many. */
  budget?: Budget | undefined;
  /** True for work that can wait: each of its requests waits for its turn. */
  canWait?: boolean | undefined;
};

/**
 * The SDK's own HTTP client behind circuit breakers: every request it makes, retries among them,
 * is one that counts. What is held back is answered as Stripe answers too many requests, so that
 * nobody takes it for something Stripe did.
 */
export function guardedHttp({ breakers, budget, canWait = false }: Guards): HttpClient {
  const inner = Stripe.createNodeHttpClient();
  const makeRequest: HttpClient["makeRequest"] = async (...request) => {
    const [, , path, method, headers] = request;
    const account = accountOf(headers as Record<string, unknown>);
    if (canWait) await budget?.waitForTurn(account);
    const key = { account, route: `${method} ${routeOf(path)}` };
    const answer = await breakers.guard(key, () => inner.makeRequest(...request), outcomeOf);
    if ("closedForSeconds" in answer) return heldBack(answer.closedForSeconds);
    const { status, retryAfterSeconds = 1 } = outcomeOf(answer);
    if (status === 429) await budget?.rest(account, retryAfterSeconds);
    return answer;
  };
  return Object.assign(Object.create(inner) as HttpClient, { makeRequest });
}

/** v1 names the account by one header and v2 by another. */
function accountOf(headers: Record<string, unknown>): string {
  return String(headers["Stripe-Account"] ?? headers["Stripe-Context"] ?? "");
}

function outcomeOf(response: HttpResponse) {
  const asked = Number(response.getHeaders()["retry-after"]);
  return {
    status: response.getStatusCode(),
    retryAfterSeconds: Number.isFinite(asked) && asked > 0 ? asked : undefined,
  };
}

/** A path without its ids: `/v1/customers/:id`. */
function routeOf(path: string): string {
  const [plain = ""] = path.split("?");
  return plain
    .split("/")
    .map((part) => (/[A-Z0-9]/.test(part) && !/^v\d$/.test(part) ? ":id" : part))
    .join("/");
}

function heldBack(seconds: number): HttpResponse {
  const error = {
    type: "rate_limit_error",
    message: `Held back for ${seconds} s: Stripe has failed at this again and again.`,
  };
  return {
    getStatusCode: () => 429,
    getHeaders: () => ({ "retry-after": String(seconds), "stripe-should-retry": "false" }),
    getRawResponse: () => undefined,
    toStream: () => undefined,
    toJSON: async () => ({ error }),
  } as unknown as HttpResponse;
}
