import type { Seats } from "#lib/seats/get-seats";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";

/** What the viewer may do about seats, and how many there are. */
export type SeatSituation = {
  bought: number;
  taken: number;
  left: number;
  limit: number | null;
  mayAssign: boolean;
  /** One more can be bought, and the viewer may. */
  canBuy: boolean;
  /** Who sits: the assignment by member or invitation. */
  seatOf: Readonly<Record<string, string>>;
};

export function situationOf(
  { role }: Pick<TenantContext, "role">,
  { bought, taken, left, over, limit, whyNoMore, holders }: Seats,
): SeatSituation {
  const mayAssign = mayInTenant(role, "seats:assign");
  const canBuy = mayAssign && mayInTenant(role, "billing:update") && !whyNoMore && over === 0;
  const seatOf = Object.fromEntries(
    holders.map(({ memberId, invitationId, assignmentId }) => [
      memberId ?? invitationId ?? "",
      assignmentId,
    ]),
  );
  return { bought, taken, left, limit, mayAssign, canBuy, seatOf };
}
