"use client";

import { useState } from "react";
import { WhyField } from "#components/invoices/act-fields";
import { useAct } from "#components/invoices/use-act";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";

const words = {
  void: {
    effect:
      "The invoice is taken back as if it had not been asked for: nobody can pay it, it counts as nothing, and it cannot be undone. Balance it used is given back.",
    confirm: "Void the invoice",
  },
  uncollectible: {
    effect:
      "The invoice counts as a loss and Stripe tries no more to collect it. It can still be paid, or voided later.",
    confirm: "Mark uncollectible",
  },
} as const;

type Props = { invoiceId: string; act: keyof typeof words; onDone: () => void };

/** Ends an unpaid invoice, after saying what that does. */
export function EndForm({ invoiceId, act: kind, onDone }: Props) {
  const [why, setWhy] = useState("");
  const { act, isPending, problem } = useAct(`/api/v1/admin/invoices/${invoiceId}/${kind}`, onDone);
  const { effect, confirm } = words[kind];
  return (
    <div className="grid gap-4">
      <p>{effect}</p>
      <WhyField onChange={setWhy} />
      <ProblemAlert problem={problem} />
      <div>
        <Button
          variant="danger"
          isPending={isPending}
          isDisabled={why.trim().length < 3}
          onPress={() => void act({ why })}
        >
          {confirm}
        </Button>
      </div>
    </div>
  );
}
