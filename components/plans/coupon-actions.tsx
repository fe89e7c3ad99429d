"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { ProblemAlert } from "#components/ui/form";
import { useSubmit } from "#components/ui/use-submit";
import type { CouponView, PromotionCodeView } from "#lib/catalog/coupon";

/** Ends a coupon for those who do not have it yet. */
export function ArchiveCoupon({ coupon }: { coupon: Pick<CouponView, "id" | "name" | "codes"> }) {
  const router = useRouter();
  const active = coupon.codes.filter(({ isActive }) => isActive).length;
  return (
    <ConfirmDialog
      trigger="Deactivate"
      triggerVariant="ghost"
      title={`Deactivate ${coupon.name}?`}
      effect={
        <p>
          Nobody can use it any more
          {active > 0 && `, and its ${active === 1 ? "code" : `${active} codes`} no longer work`}.
          Who has the discount keeps it. This cannot be undone; make a new coupon instead.
        </p>
      }
      confirm="Deactivate"
      isDangerous
      path={`/api/v1/admin/coupons/${coupon.id}/archive`}
      onDone={() => router.refresh()}
    />
  );
}

/** Tries again what Stripe refused, or counts redemptions anew. */
export function RetryCoupon({ id, label }: { id: string; label: string }) {
  const router = useRouter();
  const { submit, isPending, problem } = useSubmit({
    path: `/api/v1/admin/coupons/${id}/retry`,
    onDone: () => router.refresh(),
  });
  return (
    <>
      <Button variant="secondary" size="sm" isPending={isPending} onPress={() => void submit({})}>
        {label}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  );
}

/** Switches one code off or on. */
export function SwitchCode({ of }: { of: Pick<PromotionCodeView, "id" | "code" | "isActive"> }) {
  const router = useRouter();
  const verb = of.isActive ? "Switch off" : "Switch on";
  return (
    <ConfirmDialog
      trigger={verb}
      triggerVariant="ghost"
      triggerLabel={`${verb} ${of.code}`}
      title={`${verb} ${of.code}?`}
      effect={
        <p>
          {of.isActive
            ? "Whoever types it from now on is refused. Who used it keeps the discount."
            : "It works again for whoever types it."}
        </p>
      }
      confirm={verb}
      isDangerous={of.isActive}
      path={`/api/v1/admin/coupons/codes/${of.id}/switch`}
      body={{ isActive: !of.isActive }}
      onDone={() => router.refresh()}
    />
  );
}
