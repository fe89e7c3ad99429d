import type { MigratedSubscriber, PlanMigration } from "#lib/db/generated/client";
import type { Lifecycle } from "#lib/lifecycle";

export type MigrationStatus =
  | "counting"
  | "ready"
  | "running"
  | "paused"
  | "finished"
  | "rolling_back"
  | "rolled_back"
  | "canceled";
export type MigrationEvent =
  | "count"
  | "start"
  | "pause"
  | "resume"
  | "finish"
  | "roll_back"
  | "return"
  | "cancel";

/** Nothing is moved before somebody has seen the dry run, and all of it can be taken back. */
export const migrationLifecycle = {
  counting: { count: "ready", cancel: "canceled" },
  ready: { start: "running", cancel: "canceled" },
  running: { pause: "paused", finish: "finished" },
  paused: { resume: "running", roll_back: "rolling_back" },
  finished: { resume: "running", roll_back: "rolling_back" },
  rolling_back: { return: "rolled_back" },
  // Again, for whoever could not be led back the first time.
  rolled_back: { roll_back: "rolling_back" },
  canceled: {},
} as const satisfies Lifecycle<MigrationStatus, MigrationEvent>;

export type MigratedStatus = MigratedSubscriber["status"];
export type Timing = PlanMigration["timing"];

/** What a currency's subscribers pay for a period, before and after. */
export type MigrationTotal = {
  currency: string;
  interval: string;
  subscribers: number;
  beforeMinor: bigint;
  afterMinor: bigint;
  /** How many will pay more, less, and the same. */
  more: number;
  less: number;
  same: number;
};

type VersionName = { id: string; planKey: string; planName: string; number: number };

export type MigrationView = {
  id: string;
  from: VersionName;
  to: VersionName;
  status: MigrationStatus;
  timing: Timing;
  stagePercent: number;
  /** Why it stands still, where it does not do so by itself. */
  error: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** How many subscribers stand where. */
  counts: Record<MigratedStatus, number>;
  total: number;
  totals: MigrationTotal[];
};

export type MigratedView = {
  subscriptionId: string;
  tenantId: string;
  tenantName: string;
  position: number;
  status: MigratedStatus;
  currency: string;
  interval: string;
  seats: number | null;
  /** Units of the last whole period, by component. */
  usage: Record<string, string>;
  /** What a period costs now and will cost; null where it is not offered so. */
  beforeMinor: bigint | null;
  afterMinor: bigint | null;
  /** What was used so far in the running period, by either version; null without usage. */
  soFarBeforeMinor: bigint | null;
  soFarAfterMinor: bigint | null;
  /** What somebody should know before this one is moved, in sentences. */
  warnings: string[];
  /** What the next invoice comes to by Stripe, where it was asked. */
  previewMinor: bigint | null;
  effectiveAt: Date | null;
  reason: string | null;
  settledAt: Date | null;
};

/** How many subscribers a stage reaches; a begun one is a whole one. */
export function stageOf(total: number, percent: number): number {
  return Math.ceil((total * percent) / 100);
}
