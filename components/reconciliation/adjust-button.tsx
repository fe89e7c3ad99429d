"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { isCurrency } from "#lib/money/currency";
import { toDecimal } from "#lib/money/format-money";
import { parseMoney } from "#lib/money/parse-money";

export type AccountChoice = {
  readonly value: string;
  readonly label: string;
  keptBy: string | null;
};
type Props = {
  id: string;
  reference: string;
  accounts: readonly AccountChoice[];
  currency: string;
  /** The difference, without its sign. */
  minor: bigint;
  tenantId: string | null;
};

/** Posts an entry of one's own, which names the break: out of one account, into another. */
export function AdjustButton({ id, reference, accounts, currency, minor, tenantId }: Props) {
  const router = useRouter();
  const money = isCurrency(currency) ? currency : "usd";
  const [from, setFrom] = useState("suspense");
  const [to, setTo] = useState("stripe:clearing");
  const [amount, setAmount] = useState<string>(toDecimal({ minor, currency: money }));
  const [note, setNote] = useState("");
  const subjectOf = (code: string) => {
    const keptBy = accounts.find(({ value }) => value === code)?.keptBy;
    if (keptBy === "tenant") return tenantId ?? reference.split(":")[0];
    return keptBy === "reference" ? reference : "";
  };
  const parsed = parseMoney(amount, money)?.minor ?? 0n;
  return (
    <ConfirmDialog
      trigger="Adjust"
      title={`Post an entry about ${reference}?`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <p>
            The entry names the break and you, and nothing of it can be taken back but by another.
            What gives money up is a write-off instead.
          </p>
          <Select name="from" label="Out of" options={accounts} value={from} onChange={setFrom} />
          <Select name="to" label="Into" options={accounts} value={to} onChange={setTo} />
          <TextField
            {...{ name: "minor", label: `Amount (${money.toUpperCase()})`, isRequired: true }}
            value={amount}
            onChange={setAmount}
          />
          <TextField name="note" label="Why" isRequired maxLength={500} onChange={setNote} />
        </div>
      }
      confirm="Post the entry"
      path={`/api/v1/admin/reconciliation/breaks/${encodeURIComponent(id)}/resolve`}
      body={{
        ...{ kind: "adjust", note, currency: money, minor: parsed.toString() },
        from: { code: from, subject: subjectOf(from) },
        to: { code: to, subject: subjectOf(to) },
      }}
      onDone={() => router.refresh()}
    />
  );
}
