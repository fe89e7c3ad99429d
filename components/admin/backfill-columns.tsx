import { BackfillButton } from "#components/admin/backfill-button";
import { Count } from "#components/admin/count";
import { CopyableId } from "#components/ui/copyable-id";
import type { Column } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { BackfillRow } from "#lib/overview/list-backfills";

const tones = {
  failed: "bad",
  running: "waiting",
  "cut off": "waiting",
  done: "good",
} as const satisfies Record<BackfillRow["state"], Tone>;

/** What a list of readings of Stripe's events says of each account's. */
export const backfillColumns: Column<BackfillRow>[] = [
  {
    header: "Account",
    cell: ({ account, tenant }) => (
      <span className="grid justify-items-start">
        {tenant ? (
          <TextLink href={`/admin/tenants/${tenant.id}`}>{tenant.name}</TextLink>
        ) : (
          <span className="font-medium">{account ? "A tenant that left" : "The platform"}</span>
        )}
        {account && <CopyableId id={account} />}
      </span>
    ),
  },
  { header: "State", cell: ({ state }) => <Status of={state} tone={tones[state]} /> },
  {
    header: "Known until",
    cell: ({ knownUntil }) => (knownUntil ? <Moment at={knownUntil} /> : "–"),
  },
  { header: "Listed", cell: ({ seen }) => <Count of={seen} />, align: "end" },
  { header: "Had never come", cell: ({ missing }) => <Count of={missing} />, align: "end" },
  {
    header: "Last run",
    cell: ({ startedAt }) => (startedAt ? <Moment at={startedAt} /> : "–"),
    align: "end",
  },
];

export const backfillErrorColumn: Column<BackfillRow> = {
  header: "Error",
  cell: ({ error }) => (
    <span className="line-clamp-2 max-w-56 min-w-0 break-words">{error ?? "–"}</span>
  ),
};

export const backfillActColumn: Column<BackfillRow> = {
  header: "Act",
  hideHeader: true,
  align: "end",
  cell: ({ account, state, tenant }) => (
    <BackfillButton
      account={account}
      label={state === "done" ? "Read now" : "Resume"}
      of={tenant?.name ?? (account || "the platform")}
    />
  ),
};
