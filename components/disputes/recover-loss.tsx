"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useState } from "react";
import { WhyField } from "#components/invoices/act-fields";
import { formatAmount } from "#components/ui/amount";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { isCurrency } from "#lib/money/currency";
import { parseMoney } from "#lib/money/parse-money";

type Way = "reversal" | "debit";
type Props = {
  disputeId: string;
  tenant: string;
  currency: string;
  left: string;
  /** What each way gives at most; the first is chosen. */
  most: { reversal?: string; debit?: string };
};

const labels: Record<Way, string> = {
  reversal: "Take the transfer back",
  debit: "Take it from their balance",
};

/** Takes back what a dispute cost, after saying from whom, how much and what it leaves. */
export function RecoverLoss({ disputeId, tenant, currency, left, most }: Props) {
  const locale = useLocale();
  const ways = (["reversal", "debit"] as const).filter((way) => most[way] !== undefined);
  const [way, setWay] = useState<Way>(ways[0]!);
  const [text, setText] = useState("");
  const [why, setWhy] = useState("");
  const there = most[way]!;
  const minor = isCurrency(currency) ? parseMoney(text, currency)?.minor : undefined;
  const isGood = minor !== undefined && minor > 0n && minor <= BigInt(there);
  const words = (sum: bigint | string) => formatAmount({ minor: `${sum}`, currency }, locale);
  return (
    <div className="mt-4 grid gap-4">
      <Select
        name="way"
        label="How"
        value={way}
        onChange={(value) => setWay(value as Way)}
        options={ways.map((value) => ({ value, label: labels[value] }))}
      />
      <TextField
        name="minor"
        label={`How much, in ${currency.toUpperCase()}`}
        description={`At most ${words(there)} this way.`}
        isRequired
        autoComplete="off"
        maxLength={20}
        onChange={setText}
      />
      <WhyField onChange={setWhy} />
      {isGood && why.trim().length >= 3 ? (
        <Ask
          key={`${way} ${minor} ${why}`}
          {...{ disputeId, way, why }}
          minor={`${minor}`}
          seenMinor={left}
          effect={`${words(minor)} leaves ${tenant}'s balance at once, even below nothing. Of what the dispute cost us ${words(BigInt(left) - minor)} is left.`}
        />
      ) : (
        <p className="text-xs text-muted">Say how much and why; what happens is shown first.</p>
      )}
    </div>
  );
}

type AskProps = Record<"disputeId" | "why" | "minor" | "seenMinor" | "effect", string> & {
  way: Way;
};

/** The question of one amount and reason, under one key. */
function Ask({ disputeId, effect, ...asked }: AskProps) {
  const router = useRouter();
  const [key] = useState(() => crypto.randomUUID());
  return (
    <div>
      <ConfirmDialog
        trigger="Take it back"
        title="Take it back?"
        effect={<p>{effect}</p>}
        confirm="Take it back"
        isDangerous
        path={`/api/v1/admin/disputes/${disputeId}/loss`}
        body={{ key, ...asked }}
        onDone={() => router.refresh()}
      />
    </div>
  );
}
