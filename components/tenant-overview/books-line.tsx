import { useTranslations } from "next-intl";
import { BookStanding } from "#components/books/book-standing";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import type { OwnStanding } from "#lib/books/get-own-standing";

type Props = { slug: string; standing: OwnStanding };

/** What the books say is at Stripe, and when Stripe last said the same. */
export function BooksLine({ slug, standing: { verdict, balances } }: Props) {
  const t = useTranslations("tenant.overview.books");
  return (
    <Card title={t("title")} action={<TextLink href={`/${slug}/books`}>{t("open")}</TextLink>}>
      <div className="grid gap-2">
        {balances.length > 0 && (
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="text-muted">{t("balance")}</span>
            <span className="flex flex-wrap gap-x-3 font-medium">
              {balances.map((balance) => (
                <Amount key={balance.currency} of={balance} />
              ))}
            </span>
          </p>
        )}
        <BookStanding verdict={verdict} />
      </div>
    </Card>
  );
}
