"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { taxWords } from "#components/payments/tax-collections";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Select } from "#components/ui/select";
import type { TaxCollection } from "#lib/billing/collection";

type Props = { tax: TaxCollection; live: { taxed: number; untaxed: number } };

/** Sets from when on Stripe Tax counts, with whom it reaches in view. */
export function TaxDialog({ tax, live }: Props) {
  const router = useRouter();
  const [wanted, setWanted] = useState<TaxCollection>(tax);
  return (
    <ConfirmDialog
      trigger="Change"
      triggerLabel="Change from when on tax is collected"
      title="Collect tax"
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <Select
            name="tax"
            label="Stripe Tax counts for"
            value={wanted}
            onChange={(value) => setWanted(value as TaxCollection)}
            options={Object.entries(taxWords).map(([value, label]) => ({ value, label }))}
          />
          <p>{effectOf(wanted, live)}</p>
        </div>
      }
      confirm="Set it"
      path="/api/v1/admin/collection/tax"
      method="PUT"
      body={{ tax: wanted }}
      onDone={() => router.refresh()}
    />
  );
}

function effectOf(tax: TaxCollection, { taxed, untaxed }: Props["live"]): string {
  if (tax === "off") {
    return `Nothing is billed with tax from the next invoice on. Plans with tax now: ${taxed}.`;
  }
  const pages = "Checkout asks for the billing address and takes a tax id.";
  if (tax === "new") return `${pages} Plans without tax now stay so: ${untaxed}.`;
  return (
    `${pages} Plans without tax now are taxed from their next invoice on, where the place of ` +
    `their tenant is known: ${untaxed}. Invoices that are final stay as they are.`
  );
}
