"use client";

import { useLocale } from "next-intl";
import { useState } from "react";
import { AmountField, WhyField } from "#components/invoices/act-fields";
import { type Preview, PreviewFacts } from "#components/invoices/credit-preview";
import type { ActsProps } from "#components/invoices/invoice-acts";
import { useAct } from "#components/invoices/use-act";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { useSubmit } from "#components/ui/use-submit";
import { formatMoney, toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { parseMoney } from "#lib/money/parse-money";

type Props = ActsProps & { onDone: () => void };
type How = "whole" | "amount" | "lines";

/** Credits an invoice: chosen, worked out by Stripe and shown, and only then made. */
export function CreditForm(props: Props) {
  const { invoiceId, onDone } = props;
  const path = `/api/v1/admin/invoices/${invoiceId}/credit-notes` as const;
  const choice = useChoice(props);
  const [shown, setShown] = useState<{ of: string; preview: Preview }>();
  const [why, setWhy] = useState("");
  const body = choice.body();
  const of = JSON.stringify(body);
  const preview = useSubmit<Preview>({
    path: `${path}/preview`,
    onDone: (answer) => setShown({ of, preview: answer }),
  });
  const { act, isPending, problem } = useAct(path, onDone);
  const isShown = shown !== undefined && shown.of === of;
  return (
    <div className="grid gap-4">
      <Choice {...props} {...choice} />
      {isShown && <PreviewFacts preview={shown.preview} />}
      {isShown && <WhyField onChange={setWhy} />}
      <ProblemAlert problem={problem ?? preview.problem} />
      <div>
        {isShown ? (
          <Button
            variant="danger"
            isPending={isPending}
            isDisabled={why.trim().length < 3}
            onPress={() => void act({ ...body, why })}
          >
            Make the credit note
          </Button>
        ) : (
          <Button
            isPending={preview.isPending}
            isDisabled={body === undefined}
            onPress={() => void preview.submit(body)}
          >
            Show what it does
          </Button>
        )}
      </div>
    </div>
  );
}

type Body = Readonly<Record<string, unknown>>;

function useChoice({ currency, creditableMinor, lines }: Props) {
  const [how, setHow] = useState<How>("whole");
  const [text, setText] = useState<string>(toDecimal(money(BigInt(creditableMinor), currency)));
  const [parts, setParts] = useState<Readonly<Record<string, string>>>({});
  const [paidGoes, setPaidGoes] = useState("balance");
  const [reason, setReason] = useState("order_change");
  const [memo, setMemo] = useState("");
  const what = (): Body | undefined => {
    if (how === "whole") return {};
    if (how === "amount") {
      const amount = parseMoney(text, currency);
      return amount && amount.minor > 0n ? { amountMinor: amount.minor.toString() } : undefined;
    }
    const sent = lines.flatMap(({ lineId }) => {
      const amount = parseMoney(parts[lineId] ?? "", currency);
      return amount && amount.minor > 0n ? [{ lineId, minor: amount.minor.toString() }] : [];
    });
    return sent.length > 0 ? { lines: sent } : undefined;
  };
  const body = (): Body | undefined => {
    const chosen = what();
    return chosen && { ...chosen, paidGoes, reason, ...(memo && { memo }) };
  };
  const setPart = (id: string, part: string) => setParts({ ...parts, [id]: part });
  return { how, setHow, setText, setPart, paidGoes, setPaidGoes, reason, setReason, setMemo, body };
}

function Choice(props: Props & ReturnType<typeof useChoice>) {
  const { how, currency, creditableMinor, lines, isPaidPartly } = props;
  const whole = money(BigInt(creditableMinor), currency);
  const locale = useLocale();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select
        name="how"
        label="How much"
        value={how}
        onChange={(value) => props.setHow(value as How)}
        options={[
          { value: "whole", label: `All that is left, ${formatMoney(whole, locale)}` },
          { value: "amount", label: "A sum" },
          { value: "lines", label: "By line" },
        ]}
      />
      {isPaidPartly && (
        <Select
          name="paidGoes"
          label="What was paid goes"
          value={props.paidGoes}
          onChange={props.setPaidGoes}
          options={[
            { value: "balance", label: "To their balance, for the next invoices" },
            { value: "refund", label: "Back to where it was paid from" },
            { value: "outside", label: "Was given back outside Stripe" },
          ]}
        />
      )}
      {how === "amount" && (
        <AmountField
          name="amount"
          label="Sum, tax included"
          currency={currency}
          defaultValue={toDecimal(whole)}
          onChange={props.setText}
        />
      )}
      {how === "lines" &&
        lines.map(({ lineId, description, minor }) => (
          <TextField
            key={lineId}
            name={lineId}
            label={description || "Line"}
            description={`of ${formatMoney(money(BigInt(minor), currency), locale)}, before tax`}
            autoComplete="off"
            onChange={(part) => props.setPart(lineId, part)}
          />
        ))}
      <Select
        name="reason"
        label="Reason"
        value={props.reason}
        onChange={props.setReason}
        options={[
          { value: "order_change", label: "The order changed" },
          { value: "product_unsatisfactory", label: "It was not as promised" },
          { value: "duplicate", label: "It was billed twice" },
          { value: "fraudulent", label: "It was fraud" },
        ]}
      />
      <TextField
        name="memo"
        label="Words on the credit note"
        description="The tenant reads them"
        maxLength={500}
        autoComplete="off"
        onChange={props.setMemo}
      />
    </div>
  );
}
