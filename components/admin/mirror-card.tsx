import { JsonView } from "#components/admin/json-view";
import { Amount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { MirroredObject } from "#lib/overview/read-mirrored";

/** What we hold of the object an event is about: the columns, and the object as Stripe said it. */
export function MirrorCard({ mirrored }: { mirrored: MirroredObject | null }) {
  if (!mirrored) {
    return (
      <Card title="Mirror" note="the object as we hold it">
        <p className="text-muted">
          Nothing is held of this object: nobody mirrors its type, or no event of it was handled
          yet.
        </p>
      </Card>
    );
  }
  const { columns, instant, isDeleted, object, parts, table } = mirrored;
  const currency = columns.find(({ name }) => name === "currency")?.value ?? null;
  return (
    <Card title="Mirror" note={table} action={<State isDeleted={isDeleted} />} flush>
      <div className="px-4 pb-4 [&>dl]:gap-x-10 xl:[&>dl]:grid-cols-2">
        <Facts>
          <Fact label="Speaks for">
            <Moment at={instant} as="exact" />
          </Fact>
          {columns.map(({ name, value }) => (
            <Fact key={name} label={name.replace(/_minor$/, "").replaceAll("_", " ")}>
              <Cell name={name} value={value} currency={currency} />
            </Fact>
          ))}
          {parts.map((part) => (
            <Fact key={part.table} label={part.table.replace(/^stripe_/, "").replaceAll("_", " ")}>
              {part.count}
            </Fact>
          ))}
        </Facts>
      </div>
      <details className="border-t border-separator">
        <summary className="cursor-pointer px-4 py-2 text-xs font-medium -outline-offset-2">
          The object as Stripe said it
        </summary>
        <JsonView label="The object as Stripe said it" text={JSON.stringify(object, null, 2)} />
      </details>
    </Card>
  );
}

function State({ isDeleted }: { isDeleted: boolean }) {
  return <Status of={isDeleted ? "deleted" : "current"} tone={isDeleted ? "quiet" : "good"} />;
}

type Value = MirroredObject["columns"][number]["value"];

/** A column's value as what it is: an amount, an instant, a yes or no. */
function Cell({ name, value, currency }: { name: string; value: Value; currency: Value }) {
  if (value === null) return <span className="text-muted">–</span>;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (name.endsWith("_minor") && typeof currency === "string") {
    return <Amount of={{ minor: String(value), currency }} />;
  }
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/.test(value)) {
    return <Moment at={value} as="exact" />;
  }
  return <span className="break-all">{value}</span>;
}
