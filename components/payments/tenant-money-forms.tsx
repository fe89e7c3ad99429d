"use client";

import { useLocale } from "next-intl";
import { useState } from "react";
import { AmountField, WhyField } from "#components/invoices/act-fields";
import { useAct } from "#components/invoices/use-act";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { type Currency, currencies } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { parseMoney } from "#lib/money/parse-money";
import type { TaxStanding } from "#lib/payments/details";

/** Gives a tenant credit, or adds to what it owes, after saying what that does. */
export function BalanceForm({
  tenantId,
  currency: usual,
}: {
  tenantId: string;
  currency: Currency;
}) {
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <BalanceFields tenantId={tenantId} usual={usual} onDone={() => setOpen(false)} />
  ) : (
    <Opener onPress={() => setOpen(true)}>Change the balance</Opener>
  );
}

type FieldsProps = { tenantId: string; usual: Currency; onDone: () => void };

function BalanceFields({ tenantId, usual, onDone }: FieldsProps) {
  const locale = useLocale();
  const [direction, setDirection] = useState("credit");
  const [currency, setCurrency] = useState<Currency>(usual);
  const [text, setText] = useState("");
  const [description, setDescription] = useState("");
  const [why, setWhy] = useState("");
  const path = `/api/v1/admin/tenants/${tenantId}/balance` as const;
  const { act, isPending, problem } = useAct(path, onDone);
  const amount = parseMoney(text, currency);
  const isGood = amount !== null && amount.minor > 0n;
  const words = isGood ? formatMoney(amount, locale) : "";
  const isWhole = isGood && why.trim().length >= 3 && description.trim().length >= 3;
  const effect =
    direction === "credit"
      ? `${words} pays for the next invoices before any method is charged.`
      : `${words} is added to the next invoice.`;
  return (
    <div className="grid gap-3">
      <Select
        name="direction"
        label="What"
        value={direction}
        onChange={setDirection}
        options={[
          { value: "credit", label: "Give credit" },
          { value: "debit", label: "Add to what they owe" },
        ]}
      />
      <Select
        name="currency"
        label="Currency"
        value={currency}
        onChange={(value) => setCurrency(value as Currency)}
        options={Object.keys(currencies).map((value) => ({ value, label: value.toUpperCase() }))}
      />
      <AmountField
        name="amount"
        label="Amount"
        currency={currency}
        defaultValue=""
        onChange={setText}
      />
      <TextField
        name="description"
        label="Words beside it"
        description="The tenant reads them"
        isRequired
        maxLength={200}
        autoComplete="off"
        onChange={setDescription}
      />
      <WhyField onChange={setWhy} />
      <p role="status">{isGood ? effect : "Enter an amount."}</p>
      <ProblemAlert problem={problem} />
      <Ask
        {...{ isPending, isWhole, onCancel: onDone }}
        label={isGood ? `${direction === "credit" ? "Credit" : "Debit"} ${words}` : "Change"}
        onPress={() => {
          if (!amount) return;
          const minor = amount.minor.toString();
          void act({ direction, minor, currency, description, why });
        }}
      />
    </div>
  );
}

/** Frees a tenant of tax or has it answer for its own, from the next invoice on. */
export function ExemptionForm({ tenantId, tax }: { tenantId: string; tax: TaxStanding }) {
  const [isOpen, setOpen] = useState(false);
  const [exemption, setExemption] = useState<string>(tax);
  const [why, setWhy] = useState("");
  const close = () => setOpen(false);
  const path = `/api/v1/admin/tenants/${tenantId}/tax-exemption` as const;
  const { act, isPending, problem } = useAct(path, close);
  if (!isOpen) return <Opener onPress={() => setOpen(true)}>Change the tax standing</Opener>;
  return (
    <div className="grid gap-3">
      <Select
        name="exemption"
        label="Tax"
        value={exemption}
        onChange={setExemption}
        options={[
          { value: "none", label: "Taxed as usual" },
          { value: "exempt", label: "Exempt", description: "No tax on invoices from the next on" },
          {
            value: "reverse",
            label: "Reverse charge",
            description: "The invoice says that they answer for the tax themselves",
          },
        ]}
      />
      <WhyField onChange={setWhy} />
      <ProblemAlert problem={problem} />
      <Ask
        isPending={isPending}
        isWhole={exemption !== tax && why.trim().length >= 3}
        label="Change the tax standing"
        onCancel={close}
        onPress={() => void act({ exemption, why })}
      />
    </div>
  );
}

function Opener({ children, onPress }: { children: string; onPress: () => void }) {
  return (
    <div>
      <Button size="sm" variant="secondary" onPress={onPress}>
        {children}
      </Button>
    </div>
  );
}

type AskProps = {
  isPending: boolean;
  isWhole: boolean;
  label: string;
  onPress: () => void;
  onCancel: () => void;
};

function Ask({ isPending, isWhole, label, onPress, onCancel }: AskProps) {
  return (
    <div className="flex gap-2">
      <Button
        size="sm"
        variant="danger"
        isPending={isPending}
        isDisabled={!isWhole}
        onPress={onPress}
      >
        {label}
      </Button>
      <Button size="sm" variant="ghost" isDisabled={isPending} onPress={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
