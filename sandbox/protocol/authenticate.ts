import { StripeError } from "#sandbox/protocol/errors";

/** The name of the world a key opens. Secret, restricted and publishable keys share it. */
export function namespaceOf(headers: Headers): string {
  const key = keyFrom(headers.get("authorization"));
  if (key === undefined) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization " +
        "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  const name = /^(?:sk|rk|pk)_test_(\w+)$/.exec(key)?.[1];
  if (name === undefined) throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  return name;
}

function keyFrom(header: string | null): string | undefined {
  const [scheme, credential = ""] = (header ?? "").split(" ");
  if (scheme?.toLowerCase() === "bearer") return credential || undefined;
  if (scheme?.toLowerCase() !== "basic") return undefined;
  return Buffer.from(credential, "base64").toString().split(":")[0] || undefined;
}

function masked(key: string): string {
  return key.length < 12 ? "*".repeat(key.length) : `${key.slice(0, 8)}****${key.slice(-4)}`;
}

function unauthorized(message: string): StripeError {
  return new StripeError(401, { type: "invalid_request_error", message }, { isValidation: true });
}
