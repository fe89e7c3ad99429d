import { useTranslations } from "next-intl";
import { useActionWords } from "#components/tenant-overview/action-words";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import type { Tone } from "#components/ui/status";
import { Timeline } from "#components/ui/timeline";
import type { Activity } from "#lib/overview/activity";

type Props = { slug: string; activity: readonly Activity[] };

/** What people did and Stripe reported. Our own keeping up with Stripe is left to the audit log. */
export function ActivityCard({ slug, activity }: Props) {
  const t = useTranslations("tenant.overview.activity");
  const words = useActionWords();
  const told = activity.filter(({ action }) => !action.startsWith("billing.sync-"));
  const items = told.map(({ id, at, actor, action, what, kind }) => ({
    key: id,
    at,
    tone: toneOf[action] ?? "quiet",
    ...(kind === "fact"
      ? { title: words(action, what), detail: t("fromStripe") }
      : { title: t("byPerson", { actor, what: words(action, what) }) }),
  }));
  return (
    <Card title={t("title")} action={<TextLink href={`/${slug}/audit`}>{t("all")}</TextLink>}>
      {items.length > 0 ? (
        <Timeline label={t("title")} items={items} />
      ) : (
        <p className="text-muted">{t("empty")}</p>
      )}
    </Card>
  );
}

/** What is good or bad news; anything else is merely so. */
const toneOf: Readonly<Record<string, Tone>> = {
  "subscription.active": "good",
  "subscription.trialing": "good",
  "invoice.paid": "good",
  "subscription.past_due": "bad",
  "subscription.unpaid": "bad",
  "invoice.payment_failed": "bad",
};
