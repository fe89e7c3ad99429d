import { PlaceHoldButton } from "#components/admin/place-hold-button";
import { Stakes } from "#components/admin/stakes";
import { StripeId } from "#components/admin/stripe-id";
import { ConnectStatusMark } from "#components/connect/connect-status";
import { RequirementList } from "#components/connect/requirement-list";
import { Card, Fact, Facts } from "#components/ui/card";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { isOver } from "#lib/connect/status";
import type { TenantBalance } from "#lib/overview/get-tenant-balance";
import type { TenantConnect as Connect } from "#lib/overview/get-tenant-connect";

type Props = {
  tenantId: string;
  name: string;
  connect: Connect | null;
  /** Null: Stripe does not answer right now. */
  balance: TenantBalance | null;
  mayHold: boolean;
};

const atStripe = {
  known: { tone: "good", words: "Stripe does it" },
  pending: { tone: "waiting", words: "Stripe is being told" },
  refused: { tone: "bad", words: "Stripe refused" },
} as const;

/** How a tenant takes money: its status, what it took, and what may be done about it. */
export function TenantConnect({ tenantId, name, connect, balance, mayHold }: Props) {
  if (!connect) {
    return (
      <Card title="Payments account">
        <p className="text-muted">It has not begun to take payments.</p>
      </Card>
    );
  }
  const { status, since, profile, capabilities, volume, fees, openDisputes } = connect;
  const isHeld = connect.paymentsHeld || connect.payoutsHeld;
  const { tone, words } = atStripe[connect.atStripe.state];
  return (
    <Card title="Payments account">
      <Facts>
        <Fact label="Status">
          <ConnectStatusMark status={status} /> <Moment at={since} />
        </Fact>
        <Fact label="Set up as">{profile.replace("_", " ")}</Fact>
        {capabilities.map((one) => (
          <Fact key={one.name} label={one.name.replaceAll(/[._]/g, " ")}>
            <Status of={one.status} />
          </Fact>
        ))}
        {isHeld && (
          <Fact label="Holds">
            <Status of={connect.atStripe.state} tone={tone}>
              {words}
            </Status>
            {connect.atStripe.error && (
              <span className="block text-xs text-danger">{connect.atStripe.error}</span>
            )}
          </Fact>
        )}
        <Fact label="Balance">
          {balance ? (
            <Stakes of={balance.available} />
          ) : isOver(status) ? (
            "not known"
          ) : (
            "Stripe does not answer"
          )}
        </Fact>
        {balance && (
          <Fact label="Not available yet">
            <Stakes of={balance.pending} />
          </Fact>
        )}
        <Fact label="Taken in 30 days">
          <Stakes of={volume} />
        </Fact>
        <Fact label="Our fees so far">
          <Stakes of={fees} />
        </Fact>
        <Fact label="Open disputes">{openDisputes}</Fact>
        <Fact label="Account">
          <StripeId id={connect.accountId} of="account" />
        </Fact>
      </Facts>
      {status === "disconnected" && (
        <p className="mt-4 text-xs text-muted">
          {profile === "saas" ? ownersWay : stripesWay} Connected again, it goes on here by itself.
        </p>
      )}
      {mayHold && !isOver(status) && status !== "invited" && (
        <div className="mt-4">
          <PlaceHoldButton tenantId={tenantId} name={name} hasDashboard={profile === "saas"} />
        </div>
      )}
    </Card>
  );
}

/** What Stripe asks of it. */
export function TenantRequirements({ connect: { requirements, dueAt } }: { connect: Connect }) {
  return (
    <Card title="What Stripe asks">
      <RequirementList requirements={requirements} dueAt={dueAt} />
    </Card>
  );
}

/**
 * Who has the full dashboard can end a connection there and is let in again by OAuth alone.
 * https://docs.stripe.com/connect/oauth-standard-accounts
 */
const ownersWay =
  "Its owner ended the connection in Stripe's dashboard, so nothing about it can be asked or " +
  "done there. To mend it, send them the platform's OAuth link (Stripe's dashboard: Settings, " +
  "Connect, Onboarding options, OAuth, which has to be on), and have them choose this very " +
  "account there: Stripe may offer to open another, and that would not be this one.";

/** Stripe tells of disconnecting only where the owner has its dashboard. */
const stripesWay =
  "An account of this kind has no dashboard in which its owner could have ended the connection: " +
  "it was ended from the platform's side or by Stripe, or the key in use is another platform's. " +
  "Look at the keys (npm run doctor), then ask Stripe.";
