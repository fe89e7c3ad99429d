import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ApiArea, apiAreas } from "#lib/web/api-areas";
import type { Listed } from "#lib/web/api-examples";

type Props = {
  current?: ApiArea | "errors" | "overview";
  /** Of the current area, to jump to. */
  operations?: readonly Listed[];
};

/** The parts of the reference, and of the current one its operations. */
export function ReferenceNav({ current, operations = [] }: Props) {
  const t = useTranslations("reference");
  const links = [
    { key: "overview", href: "/reference", label: t("overview") },
    ...Object.entries(apiAreas).map(([key, { name }]) => ({
      ...{ key, href: `/reference/${key}`, label: name as string },
    })),
    { key: "errors", href: "/reference/errors", label: t("errors") },
  ];
  return (
    <nav
      aria-label={t("areas")}
      className="lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto"
    >
      <ul className="flex gap-x-1 overflow-x-auto max-lg:border-b max-lg:border-border lg:grid">
        {links.map(({ key, href, label }) => (
          <li key={key} className="shrink-0">
            <Link
              href={href}
              aria-current={key === current ? "page" : undefined}
              className="flex h-8 items-center rounded-sm px-2 whitespace-nowrap text-muted -outline-offset-2 hover:text-foreground aria-[current=page]:bg-default aria-[current=page]:font-medium aria-[current=page]:text-foreground pointer-coarse:h-11"
            >
              {label}
            </Link>
            {key === current && operations.length > 0 && (
              <ul className="my-1 ms-2 border-s border-separator max-lg:hidden">
                {operations.map(({ operation: { operationId, summary } }) => (
                  <li key={operationId}>
                    <a
                      href={`#${operationId}`}
                      className="block py-1 ps-3 text-xs text-muted -outline-offset-2 hover:text-foreground"
                    >
                      {summary}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A page of the reference: its parts beside it. */
export function ReferencePage({ children, ...nav }: Props & { children: React.ReactNode }) {
  return (
    <div className="mx-auto grid max-w-6xl grid-cols-1 items-start gap-x-10 gap-y-6 px-4 py-8 lg:grid-cols-[13rem_minmax(0,1fr)] lg:px-6">
      <ReferenceNav {...nav} />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
