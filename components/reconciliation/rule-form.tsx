"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChoicesField, type NamedChoice } from "#components/reconciliation/choices-field";
import { RulePreviewCard, type ToldPreview } from "#components/reconciliation/rule-preview";
import { Button } from "#components/ui/button";
import { Form, ProblemAlert, SubmitButton } from "#components/ui/form";
import { NumberField } from "#components/ui/number-field";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { useSubmit } from "#components/ui/use-submit";
import type { Rule, RuleAct, RuleConditions } from "#lib/reconciliation/rule";

export type RuleChoices = Readonly<Record<"kinds" | "checks" | "causes", readonly NamedChoice[]>>;
type Props = { rule: (Rule & { isActive: boolean }) | null; choices: RuleChoices };

const acts = [
  {
    ...{ value: "expect", label: "Let it be for a time" },
    description: "It leaves what is open; after its time, or with other figures, it is open again.",
  },
  {
    ...{ value: "refetch", label: "Ask Stripe again" },
    description: "Finance is told only where it is still so afterwards.",
  },
];
const groups = [
  { name: "kinds", title: "Kinds" },
  { name: "causes", title: "Causes" },
  { name: "checks", title: "Questions" },
] as const;

/** Writes a rule, or its next version, once it was asked what it would have decided. */
export function RuleForm({ rule, choices }: Props) {
  const router = useRouter();
  const [key, setKey] = useState(rule?.key ?? "");
  const [conditions, setConditions] = useState<RuleConditions>(rule?.conditions ?? {});
  const [act, setAct] = useState<RuleAct>(rule?.act ?? { act: "expect", minutes: 1_440 });
  const [isActive, setActive] = useState(rule?.isActive ?? true);
  const [preview, setPreview] = useState<ToldPreview>();
  const asked = useSubmit<ToldPreview>({
    path: "/api/v1/admin/reconciliation/rules/preview",
    onDone: setPreview,
  });
  // What was asked before speaks of another rule.
  const change = (next: RuleConditions, nextAct = act) => {
    setConditions(next);
    setAct(nextAct);
    setPreview(undefined);
  };
  const said = { conditions: withoutEmpty(conditions), act };
  return (
    <Form
      path={`/api/v1/admin/reconciliation/rules/${encodeURIComponent(key)}`}
      method="PUT"
      values={{ ...said, isActive }}
      toBody={({ title, reason }) => ({ title, reason })}
      onDone={() => {
        router.push("/admin/reconciliation/runs");
        router.refresh();
      }}
    >
      {!rule && (
        <TextField
          {...{ name: "key", label: "Key", isRequired: true, maxLength: 41, onChange: setKey }}
          description="Small letters, digits and dashes. Of two rules that fit, the first key decides."
        />
      )}
      <TextField
        name="title"
        label="Title"
        isRequired
        maxLength={100}
        defaultValue={rule?.title ?? ""}
      />
      <TextField
        {...{ name: "reason", label: "Why that is right", isRequired: true, minLength: 10 }}
        defaultValue={rule?.reason ?? ""}
        description="Whoever looks at a break that it decided about reads this."
      />
      <ActFields act={act} onChange={(next) => change(conditions, next)} />
      {groups.map(({ name, title }) => (
        <ChoicesField
          key={name}
          {...{ title, choices: choices[name], chosen: conditions[name] ?? [] }}
          onChange={(chosen) => change({ ...conditions, [name]: chosen } as RuleConditions)}
        />
      ))}
      <BoundFields conditions={conditions} onChange={change} />
      <label className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-10">
        <input
          type="checkbox"
          checked={isActive}
          onChange={({ target }) => setActive(target.checked)}
          className="size-4 accent-accent"
        />
        In force
      </label>
      <ProblemAlert problem={asked.problem} />
      {preview && <RulePreviewCard preview={preview} act={act} />}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="secondary"
          isPending={asked.isPending}
          onPress={() => void asked.submit({ ...said, ...(key && { key }) })}
        >
          What would it have decided?
        </Button>
        <SubmitButton>{rule ? `Save version ${rule.version + 1}` : "Save the rule"}</SubmitButton>
      </div>
    </Form>
  );
}

function ActFields({ act, onChange }: { act: RuleAct; onChange: (act: RuleAct) => void }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select
        {...{ name: "act", label: "What it does", options: acts, value: act.act }}
        onChange={(value) =>
          onChange(value === "refetch" ? { act: "refetch" } : { act: "expect", minutes: 1_440 })
        }
      />
      {act.act === "expect" && (
        <NumberField
          {...{ name: "minutes", label: "Minutes from when it began", min: 1, max: 43_200 }}
          value={act.minutes}
          onChange={(minutes) =>
            onChange({ act: "expect", minutes: Number.isInteger(minutes) ? minutes : 1 })
          }
        />
      )}
    </div>
  );
}

type Bounds = { conditions: RuleConditions; onChange: (next: RuleConditions) => void };

function BoundFields({ conditions, onChange }: Bounds) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        {...{ name: "prefix", label: "References that begin with", maxLength: 40 }}
        value={conditions.prefix ?? ""}
        description="Such as po_; empty: any"
        onChange={(prefix) => onChange({ ...conditions, prefix })}
      />
      <TextField
        {...{
          name: "mostMinor",
          label: "Differences of at most",
          pattern: "[0-9]*",
          maxLength: 15,
        }}
        value={conditions.mostMinor ?? ""}
        description="In minor units (500 is 5.00 in dollars), either way; empty: any"
        onChange={(mostMinor) => onChange({ ...conditions, mostMinor })}
      />
    </div>
  );
}

/** What is left empty says nothing. */
function withoutEmpty(conditions: RuleConditions): RuleConditions {
  return Object.fromEntries(
    Object.entries(conditions).filter(([, value]) => value !== undefined && value.length > 0),
  );
}
