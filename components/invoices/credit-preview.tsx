import { Amount } from "#components/ui/amount";
import { Fact, Facts } from "#components/ui/card";

type Sum = { minor: string; currency: string };
/** A credit note that would be, as the API tells it. */
export type Preview = {
  total: Sum;
  tax: Sum;
  takenOff: Sum;
  refunded: Sum;
  toBalance: Sum;
  outside: Sum;
  dueAfter: Sum;
};

const rows = [
  ["tax", "of it tax"],
  ["takenOff", "Taken off what is due"],
  ["refunded", "Goes back to where it was paid from"],
  ["toBalance", "Goes to their balance"],
  ["outside", "Given back outside Stripe"],
] as const;

/** What a credit note would do, as Stripe works it out. */
export function PreviewFacts({ preview }: { preview: Preview }) {
  return (
    <div role="status" className="rounded-lg border border-border p-4">
      <Facts>
        <Fact label="Credit note">
          <strong className="font-semibold">
            <Amount of={preview.total} />
          </strong>
        </Fact>
        {rows.map(([name, label]) =>
          preview[name].minor === "0" ? null : (
            <Fact key={name} label={label}>
              <Amount of={preview[name]} />
            </Fact>
          ),
        )}
        <Fact label="Still due afterwards">
          <Amount of={preview.dueAfter} />
        </Fact>
      </Facts>
    </div>
  );
}
