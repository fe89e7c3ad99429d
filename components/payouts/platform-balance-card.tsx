import { Amount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Stat, Stats } from "#components/ui/stat";
import type { PlatformBalance } from "#lib/payouts/get-platform-balance";

/** What the platform itself has at Stripe, by currency; null: Stripe does not answer. */
export function PlatformBalanceCard({ balance }: { balance: PlatformBalance | null }) {
  if (!balance) {
    return (
      <Banner kind="warning" title="Stripe does not say right now what the platform has">
        Nothing was moved. The payouts below are what was last heard.
      </Banner>
    );
  }
  const { currencies, nextPayoutOn } = balance;
  return (
    <>
      {currencies.map(({ currency, available, pending, reserved, landing, instant }) => (
        <Stats key={currency}>
          <Stat
            label={`Ours, available in ${currency.toUpperCase()}`}
            value={<Amount of={available} />}
            note={
              <>
                {nextPayoutOn && available.minor > 0n ? (
                  <>
                    goes to our bank <Moment at={nextPayoutOn} as="date" />
                  </>
                ) : (
                  "stays until it is paid out or sent"
                )}
                {instant && (
                  <>
                    {" · "}
                    <TextLink href={`/admin/transfers/new?kind=instant&currency=${currency}`}>
                      <Amount of={instant.arrives} /> within minutes
                    </TextLink>
                  </>
                )}
              </>
            }
          />
          <Stat
            label={`Ours, on its way in ${currency.toUpperCase()}`}
            value={<Amount of={pending} />}
            note={
              landing[0] ? (
                <>
                  <Amount of={landing[0].amount} /> lands <Moment at={landing[0].day} as="date" />
                </>
              ) : (
                "nothing is waiting to land"
              )
            }
          />
          <Stat
            label={`Held for companies in ${currency.toUpperCase()}`}
            value={<Amount of={reserved} />}
            note="what companies whose losses we bear are short of"
          />
        </Stats>
      ))}
    </>
  );
}
