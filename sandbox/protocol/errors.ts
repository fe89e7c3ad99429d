/** What Stripe says when it says no. */
export interface StripeErrorBody {
  type:
    | "invalid_request_error"
    | "card_error"
    | "idempotency_error"
    | "api_error"
    | "temporary_session_expired";
  code?: string;
  decline_code?: string;
  param?: string;
  message: string;
  doc_url?: string;
  request_log_url?: string;
  payment_intent?: unknown;
  setup_intent?: unknown;
  payment_method?: unknown;
  charge?: string;
}

/** An answer that is not a success, in Stripe's shape. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: StripeErrorBody;
  /** A declined payment is an error that happened: its objects and events stay. */
  readonly keepsWrites: boolean;
  /** Stripe saves an answer under its idempotency key only once the work has begun. */
  readonly isValidation: boolean;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    body: StripeErrorBody,
    traits: {
      keepsWrites?: boolean;
      isValidation?: boolean;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.keepsWrites = traits.keepsWrites ?? false;
    this.isValidation = traits.isValidation ?? false;
    this.headers = traits.headers ?? {};
  }
}

/** A request Stripe understands and refuses. */
export function invalidRequest(message: string, code?: string, param?: string): StripeError {
  return new StripeError(400, {
    type: "invalid_request_error",
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  });
}

/** A parameter that cannot be read: answered before any work, so never saved under a key. */
export function invalidParam(param: string, message: string, code?: string): StripeError {
  const body = { type: "invalid_request_error" as const, message, param };
  return new StripeError(400, code === undefined ? body : { ...body, code }, {
    isValidation: true,
  });
}

/** An id that names nothing: 404 in a path, 400 in a parameter. One that says itself that it is of
 *  live mode is not looked for here. */
export function noSuch(thing: string, id: string, param?: string): StripeError {
  const isLive = /^[a-z]+_live_/.test(id);
  return new StripeError(param === undefined || param === "id" ? 404 : 400, {
    type: "invalid_request_error",
    code: "resource_missing",
    param: param ?? (thing === "payment_intent" ? "intent" : "id"),
    message: isLive
      ? `No such ${thing}: '${id}'; a similar object exists in live mode, ` +
        "but a test mode key was used to make this request."
      : `No such ${thing}: '${id}'`,
  });
}

/** Something of Stripe's that this local Stripe does not do. It says so and never pretends. */
export function notBuilt(what: string, param?: string): StripeError {
  const message = `${what} is part of Stripe, but it is not built in the local Stripe yet.`;
  const body = { type: "api_error" as const, code: "not_built_in_local_stripe", message };
  return new StripeError(501, param === undefined ? body : { ...body, param }, {
    isValidation: true,
  });
}

/** Too many requests to one endpoint: https://docs.stripe.com/rate-limits. Stripe has never sent a
 *  `Retry-After` with it (https://github.com/stripe/stripe-python/pull/1843). */
export function rateLimited(): StripeError {
  const message =
    "Request rate limit exceeded. Learn more about rate limits here " +
    "https://stripe.com/docs/rate-limits.";
  const body = { type: "invalid_request_error" as const, code: "rate_limit", message };
  const headers = { "stripe-rate-limited-reason": "endpoint-rate" };
  return new StripeError(429, body, { isValidation: true, headers });
}

/** Somebody else holds the object. Of all 429s Stripe advises only this one to be tried again. */
export function lockTimeout(): StripeError {
  const message =
    "This object cannot be accessed right now because another API request or Stripe process is " +
    "currently accessing it. If you see this error intermittently, retry the request. If you see " +
    "this error frequently and are making multiple concurrent requests to a single object, make " +
    "your requests serially or at a lower rate. For more details, see " +
    "https://stripe.com/docs/rate-limits#object-lock-timeouts.";
  const body = { type: "invalid_request_error" as const, code: "lock_timeout", message };
  const headers = { "stripe-should-retry": "true" };
  return new StripeError(429, body, { isValidation: true, headers });
}

/** A body that is more than is read. */
export function tooLarge(): StripeError {
  const message = "The request body is too large.";
  return new StripeError(413, { type: "invalid_request_error", message }, { isValidation: true });
}

/** The documentation page of an error code, as Stripe links it. */
export function docUrl(code: string): string {
  return `https://docs.stripe.com/error-codes#${code.replaceAll("_", "-")}`;
}
