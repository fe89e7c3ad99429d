import { useFormatter, useTranslations } from "next-intl";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import type { EntitledFeature } from "#lib/entitlements/get-entitlements";

/** Line by line what may be used, and how much of it is left. */
export function FeatureTable({ features }: { features: readonly EntitledFeature[] }) {
  const t = useTranslations("seats.entitlements");
  return (
    <DataTable
      caption={t("all")}
      columns={useColumns()}
      rows={features}
      rowKey={({ key }) => key}
      empty={<EmptyState title={t("empty")}>{t("emptyBody")}</EmptyState>}
    />
  );
}

function useColumns(): Column<EntitledFeature>[] {
  const t = useTranslations("seats.entitlements");
  const format = useFormatter();
  // A decimal as text keeps every digit; the types know of numbers alone.
  const figure = (decimal: string) => format.number(decimal as unknown as number);
  return [
    { header: t("feature"), cell: ({ name }) => name },
    {
      header: t("used"),
      align: "end",
      cell: ({ used }) => (used === null ? "–" : figure(used)),
    },
    {
      header: t("limit"),
      align: "end",
      cell: ({ limit, used }) =>
        limit === null ? t(used === null ? "included" : "noLimit") : figure(limit),
    },
    {
      header: t("left"),
      align: "end",
      cell: ({ left }) => (left === null ? "–" : figure(left)),
    },
  ];
}
