"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { blankRule, type TypedRule, toRules, toTyped } from "#components/selling/policy-draft";
import { RuleFields } from "#components/selling/rule-fields";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ProblemAlert } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { Segments } from "#components/ui/segments";
import { TextField } from "#components/ui/text-field";
import { useSubmit } from "#components/ui/use-submit";
import { type FeeRules, problemsOf } from "#lib/selling/fee-policy";

type Props = {
  /** Of a draft there is; without it a new one is made. */
  id?: string;
  revision?: number;
  name?: string;
  rules: FeeRules;
  returnsFee: boolean;
};

/** The rules of a draft, in the order they are asked. */
export function PolicyForm({ id, revision, name: named = "", ...kept }: Props) {
  const router = useRouter();
  const [name, setName] = useState(named);
  const [returnsFee, setReturnsFee] = useState(kept.returnsFee);
  const [typed, setTyped] = useState<TypedRule[]>(() =>
    kept.rules.length > 0 ? kept.rules.map(toTyped) : [blankRule()],
  );
  const { submit, isPending, problem } = useSubmit<{ policyId?: string }>({
    method: id ? "PATCH" : "POST",
    path: id ? `/api/v1/admin/fee-policies/${id}` : "/api/v1/admin/fee-policies",
    onDone: (answer) => router.push(`/admin/fees/${id ?? answer.policyId}`),
  });
  const read = toRules(typed);
  const rules = Array.isArray(read) ? read : null;
  const problems = rules
    ? problemsOf(rules)
    : [`“${(read as { unread: string }).unread}” has an amount that is not one: write 0.30 USD.`];
  const change = (rule: TypedRule) =>
    setTyped((all) => all.map((one) => (one.key === rule.key ? rule : one)));
  const move = (place: number, by: number) =>
    setTyped((all) => {
      const next = [...all];
      const [one] = next.splice(place, 1);
      next.splice(place + by, 0, one!);
      return next;
    });
  const save = () => void submit({ name, rules, returnsFee, ...(id && { revision }) });
  return (
    <div className="grid gap-3">
      <Head {...{ name, setName, returnsFee, setReturnsFee }} />
      {typed.map((rule, place) => (
        <RuleFields
          key={rule.key}
          {...{ rule, place, change }}
          {...(place > 0 && { onUp: () => move(place, -1) })}
          {...(typed.length > 1 && {
            onRemove: () => setTyped((all) => all.filter(({ key }) => key !== rule.key)),
          })}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="secondary"
          size="sm"
          onPress={() => setTyped((all) => [...all, blankRule()])}
        >
          Add a rule
        </Button>
      </div>
      <ProblemAlert problem={problem} />
      <div role="status">
        {problems.map((text) => (
          <p key={text} className="text-danger">
            {text}
          </p>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button isPending={isPending} isDisabled={!rules || name.trim() === ""} onPress={save}>
          Save the draft
        </Button>
        <LinkButton href={id ? `/admin/fees/${id}` : "/admin/fees"} variant="secondary">
          Cancel
        </LinkButton>
      </div>
    </div>
  );
}

type HeadProps = {
  name: string;
  setName: (name: string) => void;
  returnsFee: boolean;
  setReturnsFee: (returnsFee: boolean) => void;
};

/** What is new in a policy, and what its refunds do. */
function Head({ name, setName, returnsFee, setReturnsFee }: HeadProps) {
  return (
    <Card>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="name"
          label="What is new in it"
          value={name}
          onChange={setName}
          isRequired
          maxLength={120}
        />
        <Segments
          label="A refund"
          value={returnsFee ? "back" : "kept"}
          onChange={(value) => setReturnsFee(value === "back")}
          options={[
            { value: "back", label: "gives the fee back" },
            { value: "kept", label: "keeps the fee" },
          ]}
        />
      </div>
    </Card>
  );
}
