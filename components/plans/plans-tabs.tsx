import { Tabs } from "#components/ui/tabs";

const pages = {
  plans: { label: "Plans", href: "/admin/plans" },
  migrations: { label: "Migrations", href: "/admin/migrations" },
  coupons: { label: "Coupons", href: "/admin/coupons" },
} as const;

/** The parts of the catalogue, side by side. */
export function PlansTabs({ at }: { at: keyof typeof pages }) {
  const tabs = Object.entries(pages).map(([key, page]) => ({ ...page, isCurrent: key === at }));
  return <Tabs label="Catalogue" tabs={tabs} />;
}
