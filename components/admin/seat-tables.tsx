import { FollowPlatform } from "#components/admin/follow-platform";
import { GracePolicyDialog } from "#components/admin/grace-policy-dialog";
import { SeatDriftDecision } from "#components/admin/seat-drift-decision";
import { SeatPolicyDialog } from "#components/admin/seat-policy-dialog";
import { billingWords, driftWords } from "#components/admin/seat-words";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { GracePolicyRow } from "#lib/entitlements/grace-policies";
import type { SeatDriftRow } from "#lib/seats/list-seat-drifts";
import type { SeatPolicyRow } from "#lib/seats/seat-policies";

const follows = <span className="text-xs text-muted">as the platform</span>;

/** How seats of each plan version are sold; what follows the platform says so. */
export function seatPolicyColumns(mayDecide: boolean): Column<SeatPolicyRow>[] {
  const actions: Column<SeatPolicyRow> = {
    header: "Actions",
    hideHeader: true,
    align: "end",
    cell: (row) => (
      <div className="flex flex-wrap justify-end gap-1">
        {row.isOwn && row.id !== "platform" && (
          <FollowPlatform name={row.name} path={`/api/v1/admin/seats/policies/${row.id}`} />
        )}
        <SeatPolicyDialog row={row} />
      </div>
    ),
  };
  return [
    { header: "Holds for", cell: ({ name }) => <span className="font-medium">{name}</span> },
    {
      header: "Billed",
      cell: ({ isOwn, billing }) => (isOwn ? billingWords[billing][0] : follows),
    },
    {
      header: "Changed at Stripe",
      cell: ({ isOwn, drift }) => (isOwn ? driftWords[drift][0] : follows),
    },
    { header: "At most", cell: ({ maxSeats }) => maxSeats ?? "no limit", align: "end" },
    { header: "Tenants", cell: ({ subscribers }) => subscribers, align: "end" },
    ...(mayDecide ? [actions] : []),
  ];
}

/** What happens when a payment for each plan version fails. */
export function gracePolicyColumns(mayDecide: boolean): Column<GracePolicyRow>[] {
  const actions: Column<GracePolicyRow> = {
    header: "Actions",
    hideHeader: true,
    align: "end",
    cell: (row) => (
      <div className="flex flex-wrap justify-end gap-1">
        {row.isOwn && row.id !== "platform" && (
          <FollowPlatform name={row.name} path={`/api/v1/admin/grace-policies/${row.id}`} />
        )}
        <GracePolicyDialog row={row} />
      </div>
    ),
  };
  return [
    { header: "Holds for", cell: ({ name }) => <span className="font-medium">{name}</span> },
    {
      header: "Goes on for",
      cell: ({ isOwn, graceDays }) => (isOwn ? sayDays(graceDays) : follows),
    },
    {
      header: "Stays after that",
      cell: ({ isOwn, keeps, features }) => (isOwn ? sayKept(keeps, features) : follows),
    },
    ...(mayDecide ? [actions] : []),
  ];
}

function sayDays(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

function sayKept(keeps: readonly string[], features: GracePolicyRow["features"]): string {
  const kept = features.filter(({ key }) => keeps.includes(key)).map(({ name }) => name);
  return kept.length > 0 ? `what is free, and: ${kept.join("; ")}` : "what is free";
}

const tones = {
  proposed: "waiting",
  repairing: "waiting",
  settled: "good",
  dismissed: "quiet",
} as const satisfies Record<SeatDriftRow["status"], Tone>;

/** Where Stripe billed other quantities than were decided here. */
export function seatDriftColumns(mayDecide: boolean): Column<SeatDriftRow>[] {
  const actions: Column<SeatDriftRow> = {
    header: "Actions",
    hideHeader: true,
    align: "end",
    cell: (drift) => drift.status === "proposed" && <SeatDriftDecision drift={drift} />,
  };
  return [
    {
      header: "Tenant",
      cell: ({ tenantName }) => <span className="font-medium">{tenantName}</span>,
    },
    { header: "State", cell: ({ status }) => <Status of={status} tone={tones[status]} /> },
    { header: "Here", cell: ({ seats }) => seats, align: "end" },
    { header: "At Stripe", cell: ({ stripeSeats }) => stripeSeats, align: "end" },
    {
      header: "By",
      cell: ({ decidedBy, rule, status }) =>
        decidedBy ??
        (status === "proposed" ? "waits for a person" : `rule: ${driftWords[rule][0]}`),
    },
    { header: "Found", cell: ({ foundAt }) => <Moment at={foundAt} />, align: "end" },
    ...(mayDecide ? [actions] : []),
  ];
}
