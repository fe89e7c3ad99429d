import Link from "next/link";
import { useTranslations } from "next-intl";

const parts = [
  { key: "endpoints", path: "" },
  { key: "deliveries", path: "/deliveries" },
  { key: "events", path: "/events" },
] as const;

type Props = { slug: string; current: (typeof parts)[number]["key"] };

/** The three views of Developers, each with an address of its own. */
export function DeveloperTabs({ slug, current }: Props) {
  const t = useTranslations("developers.tabs");
  return (
    <nav aria-label={t("label")} className="-mb-px flex overflow-x-auto border-b border-border">
      {parts.map(({ key, path }) => (
        <Link
          key={key}
          href={`/${slug}/developers${path}`}
          aria-current={key === current ? "page" : undefined}
          className="flex h-9 shrink-0 items-center border-b-2 border-transparent px-3 text-muted -outline-offset-2 hover:text-foreground aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-foreground pointer-coarse:h-11"
        >
          {t(key)}
        </Link>
      ))}
    </nav>
  );
}
