"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Form, SubmitButton } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";

/** Has one object asked for, and leads to the event that does it. */
export function ObjectResyncForm({ types }: { types: readonly string[] }) {
  const router = useRouter();
  return (
    <Form<{ eventId: string }>
      path="/api/v1/admin/resyncs/object"
      onDone={({ eventId }) => router.push(`/admin/events/${encodeURIComponent(eventId)}`)}
      className="grid items-start gap-4 md:grid-cols-3"
    >
      <Select
        name="objectType"
        label="Type"
        isRequired
        defaultValue="subscription"
        options={types.map((value) => ({ value, label: value }))}
      />
      <TextField
        name="objectId"
        label="Id of the object"
        placeholder="sub_…"
        isRequired
        maxLength={255}
        autoComplete="off"
      />
      <TextField
        name="account"
        label="Account"
        placeholder="acct_…"
        description="Empty: the platform's own"
        maxLength={255}
        autoComplete="off"
      />
      <div>
        <SubmitButton size="sm">Resync object</SubmitButton>
      </div>
    </Form>
  );
}

/** Has all of one tenant compared. */
export function TenantResyncForm() {
  return (
    <Form
      path="/api/v1/admin/resyncs"
      refresh
      className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_auto]"
    >
      <TextField
        name="tenantId"
        label="Id of the tenant"
        placeholder="ten_…"
        description="It stands on the tenant's page"
        isRequired
        maxLength={100}
        autoComplete="off"
      />
      <div className="md:pt-6">
        <SubmitButton variant="secondary">Resync tenant</SubmitButton>
      </div>
    </Form>
  );
}

/** Has everything compared, of every tenant. */
export function EverythingResyncButton() {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Resync everything"
      title="Compare everything with Stripe?"
      effect={
        <p>
          Every object of the platform and of every connected account is read from Stripe and
          compared with its mirror; what differs is asked for again. It can take hours, keeps to the
          rate budget so that live work goes first, and goes on where it was after a restart.
        </p>
      }
      confirm="Compare"
      path="/api/v1/admin/resyncs"
      body={{ tenantId: null }}
      onDone={() => router.refresh()}
    />
  );
}

/** Ends a comparison where it is. */
export function ConfirmResyncStop({ id }: { id: string }) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Stop"
      triggerVariant="ghost"
      title="Stop this comparison?"
      effect={<p>What it has found by now is still repaired. The rest is not looked at.</p>}
      confirm="Stop"
      path={`/api/v1/admin/resyncs/${id}/stop`}
      onDone={() => router.refresh()}
    />
  );
}
