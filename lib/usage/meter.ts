/** How a meter makes one quantity of a period's events. */
export const aggregations = ["sum", "count", "max", "last", "unique"] as const;
export type Aggregation = (typeof aggregations)[number];

export type UsageMeter = {
  readonly key: string;
  readonly name: string;
  readonly aggregation: Aggregation;
  /** The word for one of it; null where an event need not say. */
  readonly unit: string | null;
  readonly eventName: string;
  readonly stripeMeterId: string | null;
  /** False: what it counted stays, and more is refused. */
  readonly isActive: boolean;
};

/** Hours of these add up to a period; of the others only a whole period has a quantity. */
export function isAdditive(aggregation: Aggregation): boolean {
  return aggregation === "sum" || aggregation === "count";
}
