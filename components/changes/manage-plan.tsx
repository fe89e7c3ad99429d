import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { buttonStyle } from "#components/ui/link-button";
import { type ChangeKind, changesIn } from "#lib/billing/change";
import type { ChangeState } from "#lib/billing/get-change-state";
import type { SubscriptionView } from "#lib/billing/subscription";

type Props = { slug: string; subscription: SubscriptionView; state: ChangeState };

const actions = [
  ["plan", "plan"],
  ["discount", "discount"],
  ["pause", "pause"],
  ["cancel", "cancel"],
] as const satisfies (readonly [ChangeKind, string])[];

/** What can be done with a plan as it stands; what cannot be done now is not offered. */
export function ManagePlan({ slug, subscription, state }: Props) {
  const t = useTranslations("changes.actions");
  const { status, cancelAt } = subscription;
  if (state.underWay) return null;
  const can = changesIn[status] as readonly ChangeKind[];
  const isHeld = (kind: ChangeKind) =>
    kind === "cancel"
      ? cancelAt !== null
      : cancelAt !== null || (state.scheduled !== null && kind !== "discount");
  const offered = actions.filter(([kind]) => {
    // A plan that is paused or unpaid can still be ended, at once.
    if (kind === "cancel")
      return (can.includes(kind) || can.includes("cancel_now")) && !isHeld(kind);
    return can.includes(kind) && !isHeld(kind);
  });
  if (offered.length === 0) return null;
  return (
    <Card title={t("title")}>
      <div className="flex flex-wrap gap-2">
        {offered.map(([kind, path]) => (
          <Link
            key={kind}
            href={`/${slug}/billing/${path}`}
            className={buttonStyle(kind === "plan" ? "primary" : "secondary", "sm")}
          >
            {t(kind)}
          </Link>
        ))}
      </div>
    </Card>
  );
}
