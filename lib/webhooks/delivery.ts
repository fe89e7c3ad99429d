import { retryDelaysMs } from "#lib/webhooks/retry";

/** One message to one endpoint, as a list shows it. */
export type Delivery = {
  readonly id: string;
  readonly endpointId: string;
  readonly url: string;
  readonly reference: string;
  readonly type: string;
  readonly isTest: boolean;
  readonly state: DeliveryState;
  /** How many tries were begun, and how many of them since the last replay. */
  readonly attempts: number;
  readonly attemptsNow: number;
  readonly dueAt: Date | null;
  readonly occurredAt: Date;
  readonly createdAt: Date;
  readonly last: Pick<Attempt, "status" | "error" | "durationMs" | "startedAt"> | null;
};

/** `sending` is under way; `retrying` failed before and is tried again; `failed` is given up. */
export type DeliveryState = "queued" | "sending" | "retrying" | "delivered" | "failed";

/** One try: without a duration it is under way, or its sender died before it could tell. */
export type Attempt = {
  readonly number: number;
  readonly startedAt: Date;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly durationMs: number | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly responseHeaders: Readonly<Record<string, string>> | null;
  readonly responseBody: string | null;
};

/** How often a message is tried before it is given up. */
export const mostAttempts = retryDelaysMs.length + 1;

type Row = Omit<Delivery, "url" | "state" | "attemptsNow" | "last"> & {
  readonly status: "queued" | "delivered" | "failed";
  readonly attemptsSpent: number;
  readonly endpoint: { readonly url: string };
  readonly tries: readonly NonNullable<Delivery["last"]>[];
};

export function toDelivery({ status, attemptsSpent, endpoint, tries, ...row }: Row): Delivery {
  const attemptsNow = row.attempts - attemptsSpent;
  const { id, endpointId, reference, type, isTest, attempts, dueAt, occurredAt, createdAt } = row;
  return {
    ...{ id, endpointId, reference, type, isTest, attempts, attemptsNow, dueAt, occurredAt },
    createdAt,
    url: endpoint.url,
    state: status === "queued" ? stateOfQueued(attemptsNow, tries[0]) : status,
    last: tries[0] ? lastOf(tries[0]) : null,
  };
}

/** Of a whole try, what a list says of it. */
function lastOf({ status, error, durationMs, startedAt }: NonNullable<Delivery["last"]>) {
  return { status, error, durationMs, startedAt };
}

function stateOfQueued(attemptsNow: number, last: Delivery["last"] | undefined): DeliveryState {
  if (attemptsNow === 0) return "queued";
  return last?.durationMs === null ? "sending" : "retrying";
}

/** True where something is about to become of it, so that who looks should look again. */
export function isMoving({ state, dueAt }: Delivery, now: Date): boolean {
  if (state === "queued" || state === "sending") return true;
  return dueAt !== null && dueAt.getTime() - now.getTime() < 60_000;
}

/** What a list reads beside the row itself. */
export const withLast = {
  endpoint: { select: { url: true } },
  tries: {
    orderBy: { number: "desc" },
    take: 1,
    select: { status: true, error: true, durationMs: true, startedAt: true },
  },
} as const;
