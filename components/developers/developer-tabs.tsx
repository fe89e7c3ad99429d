import { useTranslations } from "next-intl";
import { Tabs } from "#components/ui/tabs";

const parts = [
  { key: "endpoints", path: "" },
  { key: "deliveries", path: "/deliveries" },
  { key: "events", path: "/events" },
  { key: "keys", path: "/keys" },
] as const;

type Props = { slug: string; current: (typeof parts)[number]["key"] };

/** The views of Developers, each with an address of its own. */
export function DeveloperTabs({ slug, current }: Props) {
  const t = useTranslations("developers.tabs");
  const tabs = parts.map(({ key, path }) => ({
    label: t(key),
    href: `/${slug}/developers${path}`,
    isCurrent: key === current,
  }));
  return <Tabs label={t("label")} tabs={tabs} />;
}
