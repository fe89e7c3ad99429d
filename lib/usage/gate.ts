import type { Aggregation } from "#lib/usage/meter";

/** A hard cap as ingest keeps it: of one meter, between two instants, so many units and no more. */
export type Gate = {
  readonly meterKey: string;
  readonly kind: Aggregation;
  readonly from: Date;
  readonly to: Date;
  readonly most: string;
  /** Who set it: the tenant itself, or its plan. */
  readonly by: "tenant" | "plan";
};
