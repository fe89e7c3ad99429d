import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { view } from "#lib/db/transaction";
import { assignSeat } from "#lib/seats/assign-seat";
import { setSeats } from "#lib/seats/set-seats";
import { unassignSeat } from "#lib/seats/unassign-seat";
import type { TenantContext } from "#lib/tenancy/context";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { joinByInvitation } from "#lib/tenancy/join-by-invitation";
import { leaveTenant } from "#lib/tenancy/leave-tenant";
import { listMembers } from "#lib/tenancy/list-members";
import { removeMember } from "#lib/tenancy/remove-member";
import { revokeInvitation } from "#lib/tenancy/revoke-invitation";
import { type Office, openOffice } from "#tests/lib/seats/office";
import {
  mailedSecret,
  newMember,
  newOwner,
  password,
  unique,
  visitor,
} from "#tests/support/people";

let office: Office;

beforeAll(async () => {
  office = await openOffice();
}, 60_000);
afterAll(() => office.close());

const idsOf = async (owner: TenantContext) =>
  new Map((await listMembers(owner)).map(({ userId, id }) => [userId, id]));

async function memberIdOf(owner: TenantContext, { userId }: TenantContext): Promise<string> {
  return (await idsOf(owner)).get(userId)!;
}

async function seatOf(owner: TenantContext, memberId: string): Promise<string | undefined> {
  const { holders } = await office.seatsOf(owner);
  return holders.find((holder) => holder.memberId === memberId)?.assignmentId;
}

async function auditOf({ tenantId }: TenantContext, target: string): Promise<string[]> {
  const rows = await view(office.system, (tx) =>
    tx.auditEntry.findMany({ where: { chain: tenantId, target }, orderBy: { sequence: "asc" } }),
  );
  return rows.map(({ action, operation }) => `${action} ${operation}`);
}

test("a plan that begins seats who is there, and who joins takes what is free", async () => {
  const owner = await office.company(2);
  const [first, second] = await office.colleagues(owner, 2);
  const seats = await office.seatsOf(owner);
  expect([seats.bought, seats.taken, seats.left]).toEqual([2, 2, 0]);
  expect(await seatOf(owner, await memberIdOf(owner, first!))).toBeDefined();
  expect(await seatOf(owner, await memberIdOf(owner, second!))).toBeUndefined();
  expect(await auditOf(owner, "seat_assignments")).toEqual([
    "seats.follow-subscription insert",
    "tenancy.join-by-invitation insert",
  ]);
});

test("a full house refuses, and says what mends it; one more is bought only if asked", async () => {
  const owner = await office.company(1);
  const [colleague] = await office.colleagues(owner, 1);
  const memberId = await memberIdOf(owner, colleague!);
  await expect(assignSeat(owner, { memberId })).rejects.toMatchObject({
    ...{ code: "conflict", message: "All 1 seats are taken. Free one, or add a seat." },
  });
  const { assignmentId } = await assignSeat(owner, { memberId, buy: { from: 1 } });
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 2, taken: 2, isPending: true });
  await office.sync(owner);
  expect(await office.stripeSeatsOf(owner)).toBe(2);
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 2, isPending: false });

  await unassignSeat(owner, { assignmentId });
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 2, taken: 1, left: 1 });
  expect((await auditOf(owner, "seat_pools")).at(-1)).toBe("seats.assign-seat update");
  expect((await auditOf(owner, "seat_assignments")).at(-1)).toBe("seats.unassign-seat delete");
});

test("the same seat asked for twice is one, and what is not there is said", async () => {
  const owner = await office.company(3);
  const [colleague] = await office.colleagues(owner, 1);
  const memberId = await memberIdOf(owner, colleague!);
  const both = await Promise.all([
    assignSeat(owner, { memberId }),
    assignSeat(owner, { memberId }),
  ]);
  expect(new Set(both.map(({ assignmentId }) => assignmentId)).size).toBe(1);
  await expect(assignSeat(owner, { memberId: "mem_none" })).rejects.toMatchObject({
    code: "not_found",
  });
  const stranger = await office.company(1);
  await expect(assignSeat(stranger, { memberId })).rejects.toMatchObject({ code: "not_found" });
  await expect(assignSeat(colleague!, { memberId })).rejects.toMatchObject({ code: "forbidden" });
});

test("a seat kept for somebody invited becomes theirs, and is free where they never come", async () => {
  const owner = await office.company(3);
  const invite = async (email: string) => {
    const [made] = await inviteMembers(owner, { invitations: [{ email, role: "member" }] });
    await assignSeat(owner, { invitationId: made!.id });
    return made!.id;
  };
  const gone = await invite(`${unique("gone")}@example.com`);
  const late = await invite(`${unique("late")}@example.com`);
  expect(await office.seatsOf(owner)).toMatchObject({ taken: 3, left: 0 });
  await revokeInvitation(owner, { invitationId: gone });
  expect(await office.seatsOf(owner)).toMatchObject({ taken: 2 });

  office.clock.aheadMs += 8 * 86_400_000;
  await office.settleSeats(owner);
  office.clock.aheadMs -= 8 * 86_400_000;
  const { holders, taken } = await office.seatsOf(owner);
  expect([taken, holders.some(({ invitationId }) => invitationId === late)]).toEqual([1, false]);
});

test("who joins by an invitation with a seat sits, though the house is full", async () => {
  const owner = await office.company(2);
  const email = `${unique("kept")}@example.com`;
  const [made] = await inviteMembers(owner, { invitations: [{ email, role: "member" }] });
  await assignSeat(owner, { invitationId: made!.id });
  const { member } = await joined(owner, email);
  const mine = (await office.seatsOf(owner)).holders.find(({ memberId }) => memberId === member);
  expect(mine).toMatchObject({ invitationId: null, assignedById: owner.userId });
});

async function joined(owner: TenantContext, email: string) {
  const token = await mailedSecret(office.system, email, "invitation");
  const { userId } = await joinByInvitation(visitor(office.system), {
    ...{ token, name: "New", password },
  });
  return { member: (await idsOf(owner)).get(userId)! };
}

test("who leaves or is removed frees the seat; it is given back where the rules say so", async () => {
  const owner = await office.company(3);
  const [first, second] = await office.colleagues(owner, 2);
  await leaveTenant(first!);
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 3, taken: 2 });
  await office.rules({ givesBack: true });
  await removeMember(owner, { memberId: await memberIdOf(owner, second!) });
  await office.settleSeats(owner);
  await office.rules({});
  expect(await office.seatsOf(owner)).toMatchObject({ bought: 1, taken: 1 });
  await office.sync(owner);
  expect(await office.stripeSeatsOf(owner)).toBe(1);
});

test("seats are never fewer than taken, nor more than plan and platform allow", async () => {
  const owner = await office.company(2);
  await office.colleagues(owner, 1);
  await expect(setSeats(owner, { seats: 1 })).rejects.toMatchObject({
    message: "2 seats are taken. Free 1 first, then give them back.",
  });
  await office.rules({ maxSeats: 3 });
  await expect(setSeats(owner, { seats: 4 })).rejects.toMatchObject({
    message: "This plan has at most 3 seats. Choose a larger plan for more.",
  });
  await office.rules({});
  await setSeats(owner, { seats: 4, from: 2 });
  await expect(setSeats(owner, { seats: 5, from: 2 })).rejects.toMatchObject({
    message: /Somebody changed the seats to 4/,
  });
});

test("a workspace whose plan has no seats needs none", async () => {
  const { owner } = await newOwner(office.system);
  const { member } = await newMember(office.system, owner, "member");
  await expect(
    assignSeat(owner, { memberId: await memberIdOf(owner, member) }),
  ).rejects.toMatchObject({ code: "conflict", message: /not sold by seats/ });
});

test("however those who give, free and buy seats interleave, no seat is ever taken twice", async () => {
  const owner = await office.company(3);
  const people = [owner, ...(await office.colleagues(owner, 4))];
  const ids = await Promise.all(people.map((one) => memberIdOf(owner, one)));
  const act = fc.record({
    kind: fc.constantFrom("assign", "assign", "unassign", "seats"),
    who: fc.nat({ max: 4 }),
    seats: fc.integer({ min: 1, max: 4 }),
  });
  // Every two of the acts that run at once may meet in either order.
  let meetings = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 24 }), async (acts) => {
      const before = await office.seatsOf(owner);
      const outcomes = await Promise.allSettled(
        acts.map(({ kind, who, seats }) => {
          const memberId = ids[who]!;
          if (kind === "assign") return assignSeat(owner, { memberId });
          if (kind === "seats") return setSeats(owner, { seats });
          const seat = before.holders.find((holder) => holder.memberId === memberId);
          return unassignSeat(owner, { assignmentId: seat?.assignmentId ?? "sea_none" });
        }),
      );
      meetings += (acts.length * (acts.length - 1)) / 2;
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") {
          expect(["conflict", "not_found"]).toContain(outcome.reason.code);
        }
      }
      const { taken, bought, holders } = await office.seatsOf(owner);
      expect(taken).toBeLessThanOrEqual(bought);
      expect(new Set(holders.map(({ memberId }) => memberId)).size).toBe(holders.length);
    }),
    { numRuns: 20 },
  );
  expect(meetings).toBeGreaterThanOrEqual(1_000);
}, 120_000);
