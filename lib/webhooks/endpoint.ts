import { failingLimitMs } from "#lib/webhooks/retry";

/** An endpoint as its people see it. Its secret is not among what can be read. */
export type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly types: readonly string[];
  readonly createdAt: Date;
  readonly state: EndpointState;
  readonly disabledAt: Date | null;
  readonly disabledBecause: "person" | "failing" | "gone" | null;
  /** Since when nothing but failures came of it, and when it is turned off if that goes on. */
  readonly failingSince: Date | null;
  readonly turnsOffAt: Date | null;
  readonly lastTriedAt: Date | null;
  readonly lastDeliveredAt: Date | null;
};

export type EndpointState = "on" | "failing" | "off";

export type EndpointRow = Omit<
  Endpoint,
  "state" | "turnsOffAt" | "failingSince" | "lastTriedAt" | "lastDeliveredAt"
> & {
  readonly standing: Pick<Endpoint, "failingSince" | "lastTriedAt" | "lastDeliveredAt"> | null;
};

/** How many endpoints a tenant may have. Each event costs one message an endpoint. */
export const mostEndpoints = 20;

export function toEndpoint({ standing, ...row }: EndpointRow): Endpoint {
  const { id, url, description, types, createdAt, disabledAt, disabledBecause } = row;
  const failingSince = standing?.failingSince ?? null;
  const isOff = disabledAt !== null;
  return {
    ...{ id, url, description, types, createdAt, disabledAt, disabledBecause, failingSince },
    state: isOff ? "off" : failingSince ? "failing" : "on",
    turnsOffAt: isOff || !failingSince ? null : new Date(failingSince.getTime() + failingLimitMs),
    lastTriedAt: standing?.lastTriedAt ?? null,
    lastDeliveredAt: standing?.lastDeliveredAt ?? null,
  };
}
