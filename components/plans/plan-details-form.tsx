"use client";

import { useState } from "react";
import { BesidePlans, type PlanName } from "#components/plans/beside-plans";
import { MostQuantity } from "#components/plans/most-quantity";
import { Form, SubmitButton } from "#components/ui/form";
import { NumberField } from "#components/ui/number-field";
import { TextField } from "#components/ui/text-field";
import type { AdminPlan } from "#lib/overview/list-plans";

type Props = {
  plan: Pick<
    AdminPlan,
    "id" | "kind" | "name" | "description" | "besidePlans" | "mostQuantity" | "position"
  >;
  bases: readonly PlanName[];
};

/** What a plan is called and where it stands among the others. Subscribers see it at once. */
export function PlanDetailsForm({ plan, bases }: Props) {
  const [beside, setBeside] = useState<readonly string[]>(plan.besidePlans);
  const isAddOn = plan.kind === "add_on";
  return (
    <Form
      method="PATCH"
      path={`/api/v1/admin/plans/${plan.id}`}
      toBody={({ name, description, position, mostQuantity }) => ({
        ...{ name, description, position: Number(position) },
        ...(isAddOn ? { besidePlans: beside, mostQuantity: Number(mostQuantity) } : {}),
      })}
      refresh
      className="grid max-w-xl gap-4"
    >
      <TextField name="name" label="Name" isRequired maxLength={60} defaultValue={plan.name} />
      <TextField
        name="description"
        label="One sentence about it"
        maxLength={300}
        defaultValue={plan.description}
      />
      <div className="w-40">
        <NumberField
          name="position"
          label="Place among the plans"
          description="0 is the first"
          min={0}
          max={1000}
          defaultValue={plan.position}
        />
      </div>
      {isAddOn && <MostQuantity defaultValue={plan.mostQuantity} />}
      {isAddOn && <BesidePlans bases={bases} chosen={beside} onChange={setBeside} />}
      <div>
        <SubmitButton variant="secondary" size="sm">
          Save
        </SubmitButton>
      </div>
    </Form>
  );
}
