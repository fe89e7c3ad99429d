"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { timings } from "#components/plans/migration-words";
import { Form, SubmitButton } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { Select } from "#components/ui/select";

/** A version one can move from or to. */
export type VersionChoice = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly subscribers: number;
  readonly isPublished: boolean;
};

type Props = { versions: readonly VersionChoice[]; from: string | undefined };

/** From which version to which, and when. It begins with a dry run. */
export function MigrationForm({ versions, from: first }: Props) {
  const router = useRouter();
  const peopled = versions.filter(({ subscribers }) => subscribers > 0);
  const [from, setFrom] = useState(peopled.find(({ id }) => id === first)?.id ?? peopled[0]?.id);
  const [timing, setTiming] = useState("renewal");
  const kind = versions.find(({ id }) => id === from)?.kind;
  const targets = versions.filter(
    (version) => version.isPublished && version.id !== from && version.kind === kind,
  );
  const [wanted, setTo] = useState<string>();
  const to = targets.find(({ id }) => id === wanted)?.id ?? targets[0]?.id;
  return (
    <Form<{ migrationId: string }>
      path="/api/v1/admin/migrations"
      toBody={() => ({ fromVersionId: from, toVersionId: to, timing })}
      onDone={({ migrationId }) => router.push(`/admin/migrations/${migrationId}`)}
    >
      <Select
        name="fromVersionId"
        label="From"
        isRequired
        value={from ?? ""}
        onChange={setFrom}
        options={peopled.map(({ id, name, subscribers }) => ({
          value: id,
          label: `${name} (${sayCount(subscribers)})`,
        }))}
      />
      <Select
        name="toVersionId"
        label="To"
        isRequired
        value={to ?? ""}
        onChange={setTo}
        options={targets.map(({ id, name }) => ({ value: id, label: name }))}
        {...(targets.length === 0 && { description: "Publish a version to move to first." })}
      />
      <Select
        name="timing"
        label="When"
        value={timing}
        onChange={setTiming}
        options={Object.entries(timings).map(([value, words]) => ({ value, ...words }))}
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton isDisabled={!from || !to}>Begin with a dry run</SubmitButton>
        <LinkButton href="/admin/migrations" variant="secondary">
          Cancel
        </LinkButton>
      </div>
    </Form>
  );
}

function sayCount(subscribers: number): string {
  return subscribers === 1 ? "1 subscriber" : `${subscribers.toLocaleString("en")} subscribers`;
}
