"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { AmountsOff, type FormAmount, toAmounts } from "#components/plans/amounts-off";
import { BesidePlans, type PlanName } from "#components/plans/beside-plans";
import { DateField } from "#components/plans/date-field";
import { endOfDay } from "#components/plans/end-of-day";
import { Form, SubmitButton } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { Segments } from "#components/ui/segments";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";

const durations = [
  { value: "once", label: "On the first invoice" },
  { value: "repeating", label: "For some months" },
  { value: "forever", label: "On every invoice" },
] as const;

/** What is taken off, for how long and from which plans. It never changes after. */
export function CouponForm({ plans }: { plans: readonly PlanName[] }) {
  const router = useRouter();
  const [kind, setKind] = useState<"percent" | "amounts">("percent");
  const [amounts, setAmounts] = useState<FormAmount[]>([{ currency: "usd", major: "" }]);
  const [duration, setDuration] = useState<string>("once");
  const [planKeys, setPlanKeys] = useState<readonly string[]>([]);
  return (
    <Form<{ couponId: string }>
      path="/api/v1/admin/coupons"
      toBody={({ name, percentOff, months, maxRedemptions, redeemBy }) => ({
        ...{ name, duration, planKeys },
        percentOff: kind === "percent" ? (percentOff ?? "") : null,
        amountsOff: kind === "amounts" ? toAmounts(amounts) : null,
        months: duration === "repeating" ? Number(months) : null,
        maxRedemptions: maxRedemptions ? Number(maxRedemptions) : null,
        redeemBy: redeemBy ? endOfDay(redeemBy) : null,
      })}
      onDone={({ couponId }) => router.push(`/admin/coupons/${couponId}`)}
    >
      <TextField
        name="name"
        label="Name"
        description="It stands on invoices beside what it takes off"
        isRequired
        maxLength={40}
        autoComplete="off"
      />
      <Segments
        label="Takes off"
        value={kind}
        onChange={(value) => setKind(value as "percent" | "amounts")}
        options={[
          { value: "percent", label: "A percentage" },
          { value: "amounts", label: "An amount" },
        ]}
      />
      {kind === "percent" ? (
        <div className="w-40">
          <TextField name="percentOff" label="Percent" placeholder="20" isRequired maxLength={6} />
        </div>
      ) : (
        <AmountsOff amounts={amounts} onChange={setAmounts} />
      )}
      <div className="flex flex-wrap items-start gap-4">
        <div className="w-52">
          <Select
            name="duration"
            label="How long"
            value={duration}
            onChange={setDuration}
            options={durations}
          />
        </div>
        {duration === "repeating" && (
          <div className="w-32">
            <TextField name="months" label="Months" isRequired maxLength={2} pattern="[0-9]+" />
          </div>
        )}
      </div>
      <Limits />
      <BesidePlans
        {...{ bases: plans, chosen: planKeys, onChange: setPlanKeys }}
        title="Of which plans"
        none="None chosen: of every plan"
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton>Make the coupon</SubmitButton>
        <LinkButton href="/admin/coupons" variant="secondary">
          Cancel
        </LinkButton>
      </div>
    </Form>
  );
}

function Limits() {
  return (
    <div className="flex flex-wrap items-start gap-4">
      <div className="w-52">
        <TextField
          name="maxRedemptions"
          label="Times in all"
          description="Empty: without end"
          pattern="[0-9]*"
          maxLength={7}
        />
      </div>
      <div className="w-52">
        <DateField name="redeemBy" label="Last day" description="UTC; empty: without end" />
      </div>
    </div>
  );
}
