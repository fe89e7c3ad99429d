import { StripeError } from "#sandbox/protocol/errors";

/** The name of the world a key opens. Secret, restricted and publishable keys share it. */
export function namespaceOf(headers: Headers, expired?: ReadonlySet<string>): string {
  const key = keyFrom(headers.get("authorization"));
  if (key !== undefined && expired?.has(key)) throw expiredKey(key);
  if (key === undefined) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization " +
        "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  const session = sessionPattern.exec(key)?.[1];
  if (session !== undefined) return session;
  const name = /^(?:sk|rk|pk)_test_(\w+)$/.exec(key)?.[1];
  if (name === undefined) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  return name;
}

const sessionPattern = /^token_test_(\w+)\.(acct_\w+)\.\w+$/;

/** The token of a meter event session, if that is what the request came with. */
export function sessionToken(headers: Headers): { token: string; account: string } | undefined {
  const token = keyFrom(headers.get("authorization")) ?? "";
  const account = sessionPattern.exec(token)?.[2];
  return account === undefined ? undefined : { token, account };
}

function keyFrom(header: string | null): string | undefined {
  const [scheme, credential = ""] = (header ?? "").split(" ");
  if (scheme?.toLowerCase() === "bearer") return credential || undefined;
  if (scheme?.toLowerCase() !== "basic") return undefined;
  return Buffer.from(credential, "base64").toString().split(":")[0] || undefined;
}

function masked(key: string): string {
  if (key.length < 12) return "*".repeat(key.length);
  return `${key.slice(0, 8)}${"*".repeat(key.length - 12)}${key.slice(-4)}`;
}

// A key that was revoked is told as one that was rolled: both are over.
function expiredKey(key: string): StripeError {
  const message = `Expired API Key provided: ${masked(key)}`;
  const body = { type: "invalid_request_error" as const, code: "api_key_expired", message };
  return new StripeError(401, body, { isValidation: true });
}

function unauthorized(message: string): StripeError {
  return new StripeError(401, { type: "invalid_request_error", message }, { isValidation: true });
}
