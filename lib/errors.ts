/** What each refusal means over HTTP. A domain refuses with one of these words. */
const statusOf = {
  invalid: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_type: 415,
  unprocessable: 422,
  too_many: 429,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof statusOf;

/** An expected "no": shown to the caller, never paged on. `field` names the input at fault. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly field: string | undefined;
  /** Seconds after which trying again can help. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    detail: { field?: string; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.name = "Refusal";
    this.code = code;
    this.status = statusOf[code];
    this.field = detail.field;
    this.retryAfterSeconds = detail.retryAfterSeconds;
  }
}

/** Asserts what must be true. A failure is our bug, so it is never caught below the edge. */
export function invariant(holds: unknown, message: string): asserts holds {
  if (!holds) throw new Error(`Invariant: ${message}`);
}

/** What went wrong, as a column holds it: PostgreSQL's text has no place for the NUL character. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll("\0", "").slice(0, 2000);
}
