"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { BesidePlans, type PlanName } from "#components/plans/beside-plans";
import { keyFrom } from "#components/plans/draft-form";
import { MostQuantity } from "#components/plans/most-quantity";
import { Form, SubmitButton } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { Segments } from "#components/ui/segments";
import { TextField } from "#components/ui/text-field";
import type { PlanKind } from "#lib/catalog/plan";

/** Names a new plan and leads to its first draft. */
export function NewPlanForm({ bases }: { bases: readonly PlanName[] }) {
  const router = useRouter();
  const [kind, setKind] = useState<PlanKind>("base");
  const [name, setName] = useState("");
  const [ownKey, setOwnKey] = useState<string>();
  const [beside, setBeside] = useState<readonly string[]>([]);
  return (
    <Form<{ versionId: string }>
      path="/api/v1/admin/plans"
      values={{ kind, besidePlans: kind === "add_on" ? beside : [] }}
      toBody={({ name: named, key, description, mostQuantity }) => ({
        ...{ name: named, key, description },
        ...(mostQuantity !== undefined && { mostQuantity: Number(mostQuantity) }),
      })}
      onDone={({ versionId }) => router.push(`/admin/plans/versions/${versionId}/edit`)}
    >
      <Segments
        label="What it is"
        value={kind}
        onChange={(value) => setKind(value as PlanKind)}
        options={[
          { value: "base", label: "A plan" },
          { value: "add_on", label: "An add-on" },
        ]}
      />
      <TextField name="name" label="Name" isRequired maxLength={60} onChange={setName} />
      <KeyField value={ownKey ?? keyFrom(name)} onChange={setOwnKey} />
      <TextField
        name="description"
        label="One sentence about it"
        description="It stands under the name on the pricing page"
        maxLength={300}
      />
      {kind === "add_on" && <MostQuantity defaultValue={1} />}
      {kind === "add_on" && <BesidePlans bases={bases} chosen={beside} onChange={setBeside} />}
      <div className="flex flex-wrap gap-2">
        <SubmitButton>Make the draft</SubmitButton>
        <LinkButton href="/admin/plans" variant="secondary">
          Cancel
        </LinkButton>
      </div>
    </Form>
  );
}

/** The key follows the name until somebody types one. */
function KeyField({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  return (
    <TextField
      name="key"
      label="Key"
      description="In names at Stripe and in addresses; it never changes"
      isRequired
      maxLength={40}
      autoComplete="off"
      value={value}
      onChange={onChange}
    />
  );
}
