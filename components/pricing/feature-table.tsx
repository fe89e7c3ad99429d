import { Check, Minus } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import type { Feature, PublicPlan } from "#lib/catalog/plan";

type Row = { readonly key: string; readonly name: string };

/** Every feature against every plan. */
export function FeatureTable({ plans }: { plans: readonly PublicPlan[] }) {
  const t = useTranslations("marketing.pricing");
  const rows = [
    ...new Map(
      plans.flatMap(({ features }) => features.map(({ key, name }) => [key, { key, name }])),
    ).values(),
  ];
  const columns: Column<Row>[] = [
    { header: t("feature"), cell: ({ name }) => <span className="font-medium">{name}</span> },
    ...plans.map(
      (plan): Column<Row> => ({
        header: plan.name,
        align: "end",
        cell: ({ key }) => <Given feature={plan.features.find((one) => one.key === key)} />,
      }),
    ),
  ];
  return (
    <Card title={t("compare")} flush>
      <DataTable
        caption={t("compare")}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        empty={null}
      />
    </Card>
  );
}

function Given({ feature }: { feature: Feature | undefined }) {
  const t = useTranslations("marketing.pricing");
  const format = useFormatter();
  if (!feature) return <Minus aria-label={t("no")} className="inline size-3.5 text-muted" />;
  if (feature.limit !== undefined) return format.number(feature.limit);
  return <Check aria-label={t("yes")} className="inline size-3.5 text-accent" />;
}
