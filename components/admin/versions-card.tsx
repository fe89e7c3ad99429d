import { ExternalLink } from "lucide-react";
import { Card, Fact, Facts } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import type { SystemPage } from "#lib/overview/get-system";

/** What runs, in which version, and against which Stripe. */
export function VersionsCard({ system: { database, stripe, mail } }: { system: SystemPage }) {
  return (
    <Card title="Runs on">
      <Facts>
        <Fact label="PostgreSQL">{database.version}</Fact>
        <Fact label="Database size">{formatBytes(database.sizeBytes)}</Fact>
        <Fact label="Connections">{database.connections}</Fact>
        <Fact label="Node.js">{process.versions.node}</Fact>
        <Fact label="Stripe">
          {stripe.apiBase ? (
            <a
              href={stripe.apiBase}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1 font-medium text-link hover:underline"
            >
              the local one <ExternalLink aria-hidden className="size-3" />
            </a>
          ) : stripe.isLive ? (
            "live: real money moves"
          ) : (
            "test mode"
          )}
        </Fact>
        <Fact label="Mail">
          {mail.isSmtp ? "sent by SMTP" : <TextLink href="/mailbox">kept in the mailbox</TextLink>}
        </Fact>
      </Facts>
    </Card>
  );
}

function formatBytes(bytes: bigint): string {
  const megabytes = Number(bytes) / 1e6;
  return megabytes < 1000
    ? `${megabytes.toFixed(megabytes < 10 ? 1 : 0)} MB`
    : `${(megabytes / 1000).toFixed(1)} GB`;
}
