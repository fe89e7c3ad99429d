import { account } from "#lib/ledger/entry";
import type { EntryKind } from "#lib/ledger-rules/catalogue";
import { bookOf, type Claim, type Source, shift } from "#lib/ledger-rules/claim";
import { aboutCharge, clearing } from "#lib/ledger-rules/parties";
import { isCurrency } from "#lib/money/currency";
import type { StripeObjects } from "#lib/stripe/object-types";
import { idOf, instantFrom } from "#lib/stripe/objects";

type Dispute = StripeObjects["dispute"];

/** Where what was won comes back: a dispute is settled twice, and each time by itself. */
export const wonReference = (disputeId: string): string => `${disputeId}/won`;

/** A dispute once money was taken for it, and how it ended. An inquiry takes none. */
export function disputeClaims({
  account: of,
  tenantId,
  object: dispute,
}: Source<Dispute>): Claim[] {
  const { id, amount, currency, status, balance_transactions: rows } = dispute;
  const chargeId = idOf(dispute.charge);
  const taken = rows.find((row) => row.amount < 0);
  if (!taken || !isCurrency(currency)) return [];
  const held = account("disputed", id);
  const claim = (
    kind: EntryKind,
    end: string,
    at: number,
    [from, to]: [ReturnType<typeof account>, ReturnType<typeof account>],
  ): Claim => ({
    ...{ kind, book: bookOf(of), reference: `dispute:${id}:${end}`, effectiveAt: instantFrom(at) },
    about: { ...(tenantId && { tenantId }), objectId: id },
    needs: chargeId ? { charges: [{ account: of, id: chargeId }] } : {},
    build: (known) => {
      const charge = known.charge(of, chargeId);
      const about = charge && aboutCharge({ account: of, tenantId, object: charge });
      const moves = shift(BigInt(amount), currency, from, to);
      return { moves, ...(about && { about: { ...about, objectId: id } }) };
    },
  });
  const back = rows.find((row) => row.amount > 0);
  const opened = claim("dispute.opened", "opened", taken.created, [clearing(id), held]);
  const won = (at: number) => {
    return claim("dispute.won", "won", at, [held, clearing(wonReference(id))]);
  };
  const lost = claim("dispute.lost", "lost", latest(dispute), [
    held,
    account("expense:dispute_losses"),
  ]);
  return [
    opened,
    ...(back ? [won(back.created)] : []),
    ...(status === "lost" && !back ? [lost] : []),
  ];
}

/** Stripe does not say when a dispute was decided; its last movement is the nearest it says. */
function latest({ created, balance_transactions: rows }: Dispute): number {
  return Math.max(created, ...rows.map((row) => row.created));
}
