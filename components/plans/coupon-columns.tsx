import { SwitchCode } from "#components/plans/coupon-actions";
import { sayDuration, sayOff, sayRedeemed } from "#components/plans/coupon-words";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import type { CouponStatus, CouponView, PromotionCodeView } from "#lib/catalog/coupon";

const tones: Record<CouponStatus, Tone> = {
  making: "waiting",
  active: "good",
  failed: "bad",
  archived: "quiet",
};

/** How a coupon stands. */
export function CouponState({ of: { status } }: { of: Pick<CouponView, "status"> }) {
  return (
    <Status of={status} tone={tones[status]}>
      {status === "making" ? "being made" : status}
    </Status>
  );
}

/** What the list of coupons says of each. */
export const couponColumns: Column<CouponView>[] = [
  { header: "Coupon", cell: ({ name }) => name },
  {
    header: "Takes off",
    cell: (coupon) => (
      <span className="grid text-start max-sm:text-end">
        <span>{sayOff(coupon)}</span>
        <span className="text-xs text-muted">{sayDuration(coupon)}</span>
      </span>
    ),
  },
  { header: "State", cell: (coupon) => <CouponState of={coupon} /> },
  { header: "Codes", cell: ({ codes }) => <Codes of={codes} />, hideOnPhone: true },
  { header: "Redeemed", align: "end", cell: (coupon) => sayRedeemed(coupon) },
  {
    header: "Until",
    align: "end",
    cell: ({ redeemBy }) =>
      redeemBy ? <Moment at={redeemBy} as="date" /> : <span className="text-muted">no end</span>,
  },
];

function Codes({ of }: { of: readonly PromotionCodeView[] }) {
  const active = of.filter(({ isActive }) => isActive);
  const [first, ...more] = active;
  if (!first) return <span className="text-muted">none</span>;
  return (
    <span className="font-mono text-xs">
      {first.code}
      {more.length > 0 && <span className="text-muted"> and {more.length} more</span>}
    </span>
  );
}

/** What a coupon's page says of each of its codes. */
export const codeColumns: Column<PromotionCodeView>[] = [
  { header: "Code", cell: ({ code }) => <span className="font-mono">{code}</span> },
  { header: "State", cell: (code) => <CodeState of={code} /> },
  {
    header: "For",
    cell: ({ isFirstTimeOnly }) => (isFirstTimeOnly ? "who never paid before" : "anyone"),
  },
  { header: "Redeemed", align: "end", cell: (code) => sayRedeemed(code) },
  {
    header: "Until",
    align: "end",
    cell: ({ expiresAt }) =>
      expiresAt ? <Moment at={expiresAt} as="date" /> : <span className="text-muted">no end</span>,
  },
];

export const codeSwitchColumn: Column<PromotionCodeView> = {
  header: "Switch",
  hideHeader: true,
  align: "end",
  cell: (code) => <SwitchCode of={code} />,
};

function CodeState({ of: { isActive, isMade, error, code } }: { of: PromotionCodeView }) {
  if (error) {
    return (
      <span className="grid justify-items-start gap-0.5">
        <Status of="failed">refused</Status>
        <span className="text-xs text-muted" title={`${code}: ${error}`}>
          {error}
        </span>
      </span>
    );
  }
  if (!isActive) return <Status of="off">off</Status>;
  return isMade ? <Status of="active" /> : <Status of="pending">being made</Status>;
}
