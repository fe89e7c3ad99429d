import type { Metadata } from "next";
import { z } from "zod";
import { readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { ConfirmMove } from "#components/payouts/confirm-move";
import { MoveQuestion } from "#components/payouts/move-question";
import { Page, PageHeader } from "#components/ui/page-header";
import { Refusal } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import { parseMoney } from "#lib/money/parse-money";
import { previewDebit } from "#lib/payouts/debit-tenant";
import { previewPlatformPayout } from "#lib/payouts/pay-out-platform";
import { previewTransfer } from "#lib/payouts/send-transfer";
import { formatSum, type Sum } from "#lib/payouts/sum";
import type { PlatformContext } from "#lib/tenancy/context";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Move money" };

const query = z.object({
  kind: z.enum(["transfer", "debit", "topup", "payout", "instant"]).default("transfer"),
  tenant: z.string().trim().max(100).default(""),
  amount: z.string().trim().max(30).default(""),
  currency: z.string().toLowerCase().max(3).default("usd"),
  description: z.string().trim().max(200).default(""),
  why: z.string().trim().max(500).default(""),
});
type Asked = z.output<typeof query>;

export default async function MoveMoneyPage(props: PageProps<"/admin/transfers/new">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "money:update")) {
    return <NoAccess title="Move money" permission="money:update" />;
  }
  const asked = readQuery(query, await props.searchParams);
  const { problem, effect, body } = await look(ctx, asked);
  return (
    <Page>
      <PageHeader
        title="Move money"
        sentence="To a company, from one that owes us, from our bank or to it. What happens is said first."
      />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <MoveQuestion asked={asked} problem={problem} />
        {effect && <ConfirmMove kind={asked.kind} effect={effect} body={body} />}
      </div>
    </Page>
  );
}

type Looked = { problem?: string; effect?: string; body?: Record<string, string> };

/** What would happen, in a sentence, and what is sent if it is confirmed. */
async function look(ctx: PlatformContext, asked: Asked): Promise<Looked> {
  const { kind, tenant: tenantId, currency, amount: typed, description, why } = asked;
  if (!typed) return {};
  const minor = isCurrency(currency) ? parseMoney(typed, currency)?.minor : undefined;
  if (!minor) return { problem: "Type an amount, such as 250.00." };
  const isOurs = kind === "payout" || kind === "instant";
  const isSaid = isOurs || description.length >= 3;
  if (!isSaid || why.length < 3) return { problem: "Say what for, and why." };
  const body = { currency, minor: `${minor}`, description, why };
  const sum = formatSum({ minor, currency });
  try {
    if (kind === "topup") {
      return { body, effect: `${sum} is drawn from our bank and comes in some days.` };
    }
    if (isOurs) return await lookAtPayout(ctx, asked, { currency, minor });
    const wanted = { tenantId, currency, minor };
    if (kind === "transfer") {
      const { tenant, most, leaves } = await previewTransfer(ctx, wanted);
      const left = formatSum(leaves);
      const effect = `${sum} of ours goes to ${tenant} at once. ${left} is left to send.`;
      return { effect, body: { ...body, tenantId, seenMinor: `${most.minor}` } };
    }
    const { tenant, available, leaves } = await previewDebit(ctx, wanted);
    const left = formatSum(leaves);
    const effect = `${sum} is taken from ${tenant}'s balance at once, which leaves ${left}.`;
    return { effect, body: { ...body, tenantId, seenMinor: `${available.minor}` } };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}

/** What a payout of ours costs and leaves, said before it is asked for. */
async function lookAtPayout(ctx: PlatformContext, { kind, why }: Asked, amount: Sum) {
  const method = kind === "instant" ? "instant" : "standard";
  const preview = await previewPlatformPayout(ctx, { ...amount, method });
  const { currency, minor } = amount;
  const left = formatSum(preview.leaves);
  const fee = `${preview.isFeeEstimated ? "about " : ""}${formatSum(preview.fee)}`;
  const [how, rest] =
    method === "instant"
      ? [`is at our bank within minutes. Stripe takes ${fee} for it`, "more can be had so"]
      : ["goes to our bank and arrives in some days, for nothing", "is left"];
  const effect = `${formatSum(amount)} of ours ${how}. ${left} ${rest}.`;
  const seenMinor = `${preview.most.minor}`;
  return { effect, body: { currency, minor: `${minor}`, method, why, seenMinor } };
}
