"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { DateField } from "#components/plans/date-field";
import { endOfDay } from "#components/plans/end-of-day";
import { Form, SubmitButton } from "#components/ui/form";
import { TextField } from "#components/ui/text-field";

/** Another code people can type for a coupon. */
export function CodeForm({ couponId }: { couponId: string }) {
  const router = useRouter();
  const [isFirstTimeOnly, setFirstTimeOnly] = useState(false);
  // A form that was sent makes way for an empty one.
  const [made, setMade] = useState(0);
  return (
    <Form
      key={made}
      path={`/api/v1/admin/coupons/${couponId}/codes`}
      toBody={({ code, maxRedemptions, expiresAt }) => ({
        ...{ code, isFirstTimeOnly },
        maxRedemptions: maxRedemptions ? Number(maxRedemptions) : null,
        expiresAt: expiresAt ? endOfDay(expiresAt) : null,
      })}
      onDone={() => {
        setMade(made + 1);
        router.refresh();
      }}
      className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4"
    >
      <TextField
        name="code"
        label="Code"
        placeholder="WELCOME20"
        isRequired
        maxLength={40}
        autoComplete="off"
      />
      <TextField
        name="maxRedemptions"
        label="Times in all"
        description="Empty: without end"
        pattern="[0-9]*"
        maxLength={7}
      />
      <DateField name="expiresAt" label="Last day" description="UTC; empty: without end" />
      <label className="flex min-h-9 items-center gap-2 lg:mt-6">
        <input
          type="checkbox"
          checked={isFirstTimeOnly}
          onChange={({ target }) => setFirstTimeOnly(target.checked)}
          className="size-4 accent-accent"
        />
        Only for who never paid before
      </label>
      <div>
        <SubmitButton variant="secondary" size="sm">
          Add the code
        </SubmitButton>
      </div>
    </Form>
  );
}
