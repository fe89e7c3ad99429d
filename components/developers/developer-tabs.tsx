import { useTranslations } from "next-intl";
import type { Place } from "#components/developers/place";
import { Tabs } from "#components/ui/tabs";

const parts = [
  { key: "endpoints", path: "" },
  { key: "deliveries", path: "/deliveries" },
  { key: "events", path: "/events" },
  { key: "keys", path: "/keys" },
] as const;

/** Keys open the API of a workspace; the console has none. */
const ofWorkspace = new Set<string>(["keys"]);

type Props = { place: Place; current: (typeof parts)[number]["key"] };

/** The views of Developers, each with an address of its own. */
export function DeveloperTabs({ place, current }: Props) {
  const t = useTranslations("developers.tabs");
  const shown = parts.filter(({ key }) => place.whose === "workspace" || !ofWorkspace.has(key));
  const tabs = shown.map(({ key, path }) => ({
    label: t(key),
    href: `${place.pages}${path}`,
    isCurrent: key === current,
  }));
  return <Tabs label={t("label")} tabs={tabs} />;
}
