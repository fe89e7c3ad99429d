/** What a receiver is told: the fact, as the specification lays a message out. */
export type Message = {
  readonly type: string;
  readonly occurredAt: Date;
  readonly data: unknown;
  readonly isTest: boolean;
};

/** The body of a message: the same bytes at every try, because the receiver's log compares them. */
export function bodyOf({ type, occurredAt, data, isTest }: Message): string {
  const timestamp = occurredAt.toISOString();
  return JSON.stringify({ type, timestamp, ...(isTest ? { test: true } : {}), data });
}

/** What every request says of itself, besides its signature. */
export const plainHeaders = {
  "content-type": "application/json",
  "user-agent": "Lockstep-Webhooks/1.0",
} as const;
