"use client";

import { useState } from "react";
import { Form, SubmitButton } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";

const kinds = [
  { value: "sum", label: "Adds values up", description: "Calls, minutes, bytes sent." },
  { value: "count", label: "Counts events", description: "Each event is one." },
  { value: "max", label: "Keeps the largest value", description: "The peak of a period." },
  { value: "last", label: "Keeps the latest value", description: "Storage as it stands." },
  { value: "unique", label: "Counts different values", description: "Active users of a period." },
];

/** Makes a meter. */
export function NewMeterForm() {
  const [made, setMade] = useState(0);
  return (
    <Form
      key={made}
      path="/api/v1/admin/meters"
      refresh
      onDone={() => setMade(made + 1)}
      className="grid items-start gap-3 md:grid-cols-2 lg:grid-cols-[2fr_2fr_2fr_1fr_auto]"
    >
      <TextField name="name" label="Name" description="On plans and bills." isRequired />
      <TextField name="key" label="Key" description="Senders name it by this." isRequired />
      <Select name="aggregation" label="How it counts" defaultValue="sum" options={kinds} />
      <TextField name="unit" label="Unit" description="Such as GB." />
      <div className="lg:pt-6">
        <SubmitButton variant="secondary">Make it</SubmitButton>
      </div>
    </Form>
  );
}
