import { useTranslations } from "next-intl";
import { whatOf } from "#components/holds/hold-notices";
import { Card } from "#components/ui/card";
import { Timeline } from "#components/ui/timeline";
import type { HoldView } from "#lib/connect/read-holds";

/** Holds that ended, and how. */
export function PastHolds({ holds }: { holds: readonly HoldView[] }) {
  const t = useTranslations("holds");
  const ended = holds.filter(({ endedAt }) => endedAt !== null);
  if (ended.length === 0) return null;
  return (
    <Card title={t("past")}>
      <Timeline
        label={t("past")}
        items={ended.map((hold) => ({
          ...{ key: hold.id, at: hold.endedAt ?? hold.placedAt },
          title: `${t(`names.${whatOf(hold)}`)}: ${t(`ended.${hold.ending ?? "released"}`)}`,
          detail: `${t("why", { reason: hold.reason })} ${hold.endNote ?? ""}`,
        }))}
      />
    </Card>
  );
}
