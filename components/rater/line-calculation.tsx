import { VerdictStatus } from "#components/rater/check-parts";
import { Amount } from "#components/ui/amount";
import type { LineCheck } from "#lib/rater/judge-invoice";
import { sayQuantity } from "#lib/rater/say";

const kinds = {
  period: "A period in advance",
  usage: "Usage of a period",
  trial: "A trial",
  partial: "A part of a period",
  remaining: "What is left of a period",
  unused: "Unused time, given back",
  item: "An item by hand",
} as const satisfies Record<LineCheck["kind"], string>;

/** One line of an invoice: what Stripe billed beside how we come to what it should be. */
export function LineCalculation({ line, currency }: { line: LineCheck; currency: string }) {
  return (
    <article className="border-t border-separator px-4 py-3 first:border-t-0">
      <header className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1 pb-2">
        <h3 className="min-w-0 font-medium break-words">{line.description || kinds[line.kind]}</h3>
        <VerdictStatus of={line.verdict} />
      </header>
      <div className="grid gap-4 md:grid-cols-2">
        <Side title="Stripe billed" minor={line.billed} currency={currency}>
          <Step says={line.says} />
          {line.usage && <Step says={`${sayQuantity(line.usage.billed)} counted by its meter`} />}
        </Side>
        <Side title="We work out" minor={line.expected} currency={currency}>
          {line.why && <Step says={line.why} />}
          {line.usage && <Step says={sayCounted(line.usage)} />}
          {line.steps.map(({ says, minor }) => (
            <Step key={says} says={says} minor={minor} currency={currency} />
          ))}
        </Side>
      </div>
      <p className="pt-2 text-xs text-muted">{kinds[line.kind]}</p>
    </article>
  );
}

/** What we counted, and where some came too late for this invoice how much it had heard of. */
function sayCounted({ told, counted }: NonNullable<LineCheck["usage"]>): string {
  if (told === counted) return `${sayQuantity(counted)} counted by us, all of it told in time`;
  return `${sayQuantity(counted)} counted by us, ${sayQuantity(told)} of it told in time`;
}

type SideProps = {
  title: string;
  minor: string | null;
  currency: string;
  children: React.ReactNode;
};

function Side({ title, minor, currency, children }: SideProps) {
  return (
    <section className="grid min-w-0 content-start gap-1">
      <div className="flex items-baseline justify-between gap-3">
        <h4 className="text-2xs font-medium tracking-wide text-muted uppercase">{title}</h4>
        {minor === null ? (
          <span className="text-muted">not known</span>
        ) : (
          <Amount of={{ minor, currency }} className="font-medium" />
        )}
      </div>
      <ul className="grid gap-1 text-xs text-muted">{children}</ul>
    </section>
  );
}

function Step({ says, minor, currency }: { says: string; minor?: string; currency?: string }) {
  return (
    <li className="flex items-baseline justify-between gap-3">
      <span className="min-w-0 break-words">{says}</span>
      {minor !== undefined && currency && <Amount of={{ minor, currency }} />}
    </li>
  );
}
