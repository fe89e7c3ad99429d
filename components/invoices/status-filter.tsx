import Link from "next/link";
import { useTranslations } from "next-intl";
import type { InvoiceStatus } from "#lib/billing/invoice";

const offered = [
  "open",
  "paid",
  "draft",
  "void",
  "uncollectible",
] as const satisfies InvoiceStatus[];

type Props = {
  slug: string;
  current: InvoiceStatus | undefined;
  /** The other filters, which stay. */
  kept: URLSearchParams;
};

/** The invoices in one state. Each is an address, so it can be shared. */
export function StatusFilter({ slug, current, kept }: Props) {
  const t = useTranslations("tenant");
  const root = `/${slug}/invoices`;
  const at = (status: string) => {
    const search = new URLSearchParams([...kept, ...(status ? [["status", status]] : [])]);
    return search.size > 0 ? `${root}?${search}` : root;
  };
  const links = [
    { href: at(""), label: t("invoices.all"), isCurrent: current === undefined },
    ...offered.map((status) => ({
      href: at(status),
      label: t(`invoice.${status}`),
      isCurrent: current === status,
    })),
  ];
  return (
    <nav aria-label={t("invoices.filter")} className="flex flex-wrap gap-1">
      {links.map(({ href, label, isCurrent }) => (
        <Link
          key={href}
          href={href}
          aria-current={isCurrent ? "page" : undefined}
          className="flex h-8 items-center rounded-sm px-2.5 text-muted capitalize hover:bg-default/60 hover:text-foreground aria-[current=page]:bg-default aria-[current=page]:font-medium aria-[current=page]:text-foreground pointer-coarse:h-10"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
