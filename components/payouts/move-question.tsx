import { Card } from "#components/ui/card";
import { buttonStyle } from "#components/ui/link-button";
import { currencies } from "#lib/money/currency";

type Asked = Record<"kind" | "tenant" | "amount" | "currency" | "description" | "why", string>;
type Props = { asked: Asked; problem?: string | undefined };

const kinds = {
  transfer: "Send to a company",
  debit: "Take from a company that owes us",
  topup: "Bring from our bank",
  payout: "Send to our bank",
  instant: "Send to our bank within minutes, for a fee",
} as const;
const field = "input input--primary h-9 w-full px-2 text-base text-foreground sm:text-sm";

/** What is to be moved. It is the address of its own answer, so a question can be shared. */
export function MoveQuestion({ asked, problem }: Props) {
  return (
    <Card>
      <form method="get" className="grid gap-4">
        <Labelled label="What">
          <select name="kind" defaultValue={asked.kind} className={field}>
            {Object.entries(kinds).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </Labelled>
        <Labelled label="Company's slug or id (not for our bank)">
          <input name="tenant" defaultValue={asked.tenant} className={field} />
        </Labelled>
        <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
          <Labelled label="Amount">
            <input
              name="amount"
              required
              inputMode="decimal"
              defaultValue={asked.amount}
              className={`${field} tabular-nums`}
            />
          </Labelled>
          <Labelled label="Currency">
            <select name="currency" defaultValue={asked.currency} className={field}>
              {Object.keys(currencies).map((currency) => (
                <option key={currency} value={currency}>
                  {currency.toUpperCase()}
                </option>
              ))}
            </select>
          </Labelled>
        </div>
        <Labelled label="What for (they may read it; not for a payout)">
          <input name="description" defaultValue={asked.description} className={field} />
        </Labelled>
        <Labelled label="Why (only we read it)">
          <input name="why" required defaultValue={asked.why} className={field} />
        </Labelled>
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
        <div>
          <button type="submit" className={buttonStyle("secondary", "md")}>
            See what happens
          </button>
        </div>
      </form>
    </Card>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among its children
    <label className="grid gap-1 font-medium">
      {label}
      {children}
    </label>
  );
}
