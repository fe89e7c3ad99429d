import { useTranslations } from "next-intl";
import { Tabs } from "#components/ui/tabs";

/** The two ways to look at a book: what it sums up to, and entry by entry. */
export function BookTabs({ slug, current }: { slug: string; current: "statements" | "entries" }) {
  const t = useTranslations("books.tabs");
  return (
    <Tabs
      label={t("label")}
      tabs={[
        { label: t("statements"), href: `/${slug}/books`, isCurrent: current === "statements" },
        { label: t("entries"), href: `/${slug}/books/entries`, isCurrent: current === "entries" },
      ]}
    />
  );
}
