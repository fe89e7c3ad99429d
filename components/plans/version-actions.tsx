"use client";

import { useRouter } from "next/navigation";
import { NewDraft } from "#components/plans/new-draft";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { LinkButton } from "#components/ui/link-button";
import type { VersionStatus } from "#lib/catalog/plan-version";

export type ActionsOf = {
  versionId: string;
  number: number;
  status: VersionStatus;
  subscribers: number;
  /** The revision of a draft that is on the page: another's edit since is not thrown away. */
  revision: number;
  /** What keeps a draft from being published. */
  problems: number;
};
type Props = {
  version: ActionsOf;
  plan: { id: string; key: string; name: string };
  mayUpdate: boolean;
  mayPublish: boolean;
};

/** What can be done with a version as it stands. Each asks once, with its effect in view. */
export function VersionActions(props: Props) {
  const { version, plan, mayUpdate, mayPublish } = props;
  const { status, versionId } = version;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {status === "draft" && mayUpdate && (
        <>
          <Discard {...props} />
          <LinkButton
            href={`/admin/plans/versions/${versionId}/edit`}
            variant="secondary"
            size="sm"
            aria-label={`Edit version ${version.number}`}
          >
            Edit
          </LinkButton>
        </>
      )}
      {status === "draft" && mayPublish && version.problems === 0 && <Publish {...props} />}
      {status === "published" && mayPublish && <Retire {...props} />}
      {(status === "published" || status === "retired") && mayUpdate && (
        <NewDraft planId={plan.id} copyOf={versionId} label="Copy to a draft" variant="ghost" />
      )}
      {(status === "published" || status === "retired") && mayUpdate && version.subscribers > 0 && (
        <LinkButton href={`/admin/migrations/new?from=${versionId}`} variant="ghost" size="sm">
          Migrate
        </LinkButton>
      )}
    </span>
  );
}

/** Puts a draft on offer, as it was read, after saying what that does. */
export function Publish(props: {
  version: Pick<ActionsOf, "versionId" | "number" | "revision">;
  plan: { name: string };
}) {
  const { version, plan } = props;
  const router = useRouter();
  const { number, versionId } = version;
  return (
    <ConfirmDialog
      trigger="Publish"
      triggerLabel={`Publish version ${number} of ${plan.name}`}
      title={`Publish version ${number} of ${plan.name}?`}
      effect={
        <p>
          Its products and prices are made at Stripe, and whoever chooses {plan.name} from then on
          gets this version. It can never change again. Present subscribers stay on theirs.
        </p>
      }
      confirm="Publish"
      path={`/api/v1/admin/plans/versions/${versionId}/publish`}
      body={{ revision: version.revision }}
      onDone={() => router.push(`/admin/plans/versions/${versionId}`)}
    />
  );
}

function Discard({ version, plan }: Props) {
  const router = useRouter();
  const { number, versionId, revision } = version;
  return (
    <ConfirmDialog
      trigger="Discard"
      triggerVariant="ghost"
      triggerLabel={`Discard version ${number}`}
      title={`Discard version ${number} of ${plan.name}?`}
      effect={<p>The draft and all its prices are gone. Nobody has ever seen or bought it.</p>}
      confirm="Discard"
      isDangerous
      method="DELETE"
      path={`/api/v1/admin/plans/versions/${versionId}?revision=${revision}`}
      onDone={() => {
        router.push(`/admin/plans/${plan.key}`);
        router.refresh();
      }}
    />
  );
}

function Retire({ version, plan }: Props) {
  const router = useRouter();
  const { number, versionId, subscribers } = version;
  const who = subscribers === 1 ? "Its 1 subscriber stays" : `Its ${subscribers} subscribers stay`;
  return (
    <ConfirmDialog
      trigger="Retire"
      triggerVariant="ghost"
      triggerLabel={`Retire version ${number}`}
      title={`Retire version ${number} of ${plan.name}?`}
      effect={
        <p>
          Nobody can choose it any more. {subscribers > 0 && `${who} on it and pay as before. `}
          Where no other version of {plan.name} is published, the plan leaves the pricing page.
        </p>
      }
      confirm="Retire"
      isDangerous
      path={`/api/v1/admin/plans/versions/${versionId}/retire`}
      onDone={() => router.refresh()}
    />
  );
}
