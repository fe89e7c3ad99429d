import { JsonView } from "#components/admin/json-view";
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
  return (
    <Card title="Mirror" note={table} action={<State isDeleted={isDeleted} />} flush>
      <div className="px-4 pb-4">
        <Facts>
          <Fact label="Speaks for">
            <Moment at={instant} as="exact" />
          </Fact>
          {columns.map(({ name, value }) => (
            <Fact key={name} label={name.replaceAll("_", " ")}>
              <Cell value={value} />
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

function Cell({ value }: { value: string | number | boolean | null }) {
  if (value === null) return <span className="text-muted">–</span>;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return <span className="break-all">{value}</span>;
}
