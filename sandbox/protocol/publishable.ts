import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { World } from "#sandbox/world/world";

type IntentKind = "payment_intent" | "setup_intent";

/** What a browser may ask for: things that are made, and intents whose secret it was told. */
const allowed: Record<string, IntentKind | "makes"> = {
  "POST /v1/payment_methods": "makes",
  "POST /v1/tokens": "makes",
  "GET /v1/payment_intents/:id": "payment_intent",
  "POST /v1/payment_intents/:id/confirm": "payment_intent",
  "POST /v1/payment_intents/:id/verify_microdeposits": "payment_intent",
  "GET /v1/setup_intents/:id": "setup_intent",
  "POST /v1/setup_intents/:id/confirm": "setup_intent",
  "POST /v1/setup_intents/:id/verify_microdeposits": "setup_intent",
};

/** Whether a request came with a publishable key, as a browser's do. */
export function isPublishable(headers: Headers): boolean {
  return /^Bearer pk_/i.test(headers.get("authorization") ?? "");
}

/** Refuses what a publishable key cannot do: https://docs.stripe.com/keys#obtain-api-keys */
export function checkPublishable(
  world: World,
  name: string,
  id: string | undefined,
  sent: { client_secret?: unknown },
): void {
  const kind = allowed[name];
  if (kind === "makes") return;
  if (kind === undefined) {
    const message =
      "This API call cannot be made with a publishable API key. Please use a secret API key. You " +
      "can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.";
    const body = { type: "invalid_request_error" as const, code: "secret_key_required", message };
    throw new StripeError(403, body, { isValidation: true });
  }
  if (sent.client_secret === undefined) {
    const message = "Missing required param: client_secret.";
    throw invalidRequest(message, "parameter_missing", "client_secret");
  }
  if (get(world, kind, id).object.client_secret === sent.client_secret) return;
  const noun = kind === "payment_intent" ? "PaymentIntent" : "SetupIntent";
  const message =
    "The client_secret provided does not match any associated " +
    `${noun} on this account. Ensure the provided client_secret and ${noun} match.`;
  throw invalidRequest(message, `${kind}_invalid_parameter`, "client_secret");
}

const shown = [
  ...["id", "object", "allowed_payment_method_types", "amount", "amount_details"],
  ...["automatic_payment_methods", "canceled_at", "cancellation_reason", "capture_method"],
  ...["client_secret", "confirmation_method", "created", "currency", "description"],
  ...["excluded_payment_method_types", "last_payment_error", "last_setup_error", "livemode"],
  ...["next_action", "payment_method", "payment_method_types", "processing", "receipt_email"],
  ...["setup_future_usage", "shipping", "source", "status", "usage"],
];

/** An intent as a browser sees it: nothing of whose it is, what it is for or where it goes. */
export function redacted(answer: unknown): unknown {
  const { object } = answer as { object?: string };
  if (object !== "payment_intent" && object !== "setup_intent") return answer;
  const fields = Object.entries(answer as object).filter(([name]) => shown.includes(name));
  return Object.fromEntries(fields);
}
