import { accountHref } from "#components/ledger/addresses";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { platformBook } from "#lib/ledger/entry";
import { accountsOf, figureNames, figures } from "#lib/margin/figures";
import type { Currency } from "#lib/money/currency";

/** What each figure is, and of which accounts: the page explains itself. */
export function FigureDefinitions({ currency }: { currency: Currency }) {
  return (
    <Card title="How each figure is made" note="every account of the income statement is in one">
      <dl className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        {figureNames.map((name) => (
          <div key={name} className="grid gap-1">
            <dt className="font-medium">{figures[name].label}</dt>
            <dd className="text-muted">{figures[name].sentence}</dd>
            <dd className="flex flex-wrap gap-x-3 font-mono text-xs leading-6">
              {accountsOf(name).map((code) =>
                figures[name].of === "tenants" ? (
                  <span key={code}>{code} of tenants’ books</span>
                ) : (
                  <TextLink key={code} href={accountHref(platformBook, { code }, currency)}>
                    {code}
                  </TextLink>
                ),
              )}
            </dd>
          </div>
        ))}
        <div className="grid gap-1">
          <dt className="font-medium">Net margin</dt>
          <dd className="text-muted">
            Fees, plans and other income, less processing, disputes and other costs: the result of
            the platform’s income statement for the same days.
          </dd>
        </div>
      </dl>
    </Card>
  );
}
