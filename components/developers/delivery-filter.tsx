import Link from "next/link";
import { useTranslations } from "next-intl";
import { TypeFilter } from "#components/developers/type-filter";
import { type DeliveryQuery, deliveryStatuses } from "#lib/webhooks/input";

type Props = {
  /** The list's address, without a filter. */
  root: string;
  /** What can be asked for. */
  types: readonly string[];
  query: Pick<DeliveryQuery, "status" | "type">;
};

/** The deliveries in one state and of one type. Each choice is an address, so it can be shared. */
export function DeliveryFilter({ root, types, query: { status, type } }: Props) {
  const t = useTranslations("developers.deliveries");
  const links = ([undefined, ...deliveryStatuses] as const).map((one) => ({
    href: addressOf(root, { status: one, type }),
    label: t(one ?? "all"),
    isCurrent: one === status,
  }));
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <nav aria-label={t("filter")} className="flex flex-wrap gap-1">
        {links.map(({ href, label, isCurrent }) => (
          <Link
            key={href}
            href={href}
            scroll={false}
            aria-current={isCurrent ? "page" : undefined}
            className="flex h-8 items-center rounded-sm px-2.5 text-muted hover:bg-default/60 hover:text-foreground aria-[current=page]:bg-default aria-[current=page]:font-medium aria-[current=page]:text-foreground pointer-coarse:h-10"
          >
            {label}
          </Link>
        ))}
      </nav>
      <TypeFilter types={types} current={type} />
    </div>
  );
}

function addressOf(root: string, filters: Record<string, string | undefined>): string {
  const chosen = Object.entries(filters).filter((entry): entry is [string, string] => !!entry[1]);
  const search = new URLSearchParams(chosen);
  return search.size > 0 ? `${root}?${search}` : root;
}
