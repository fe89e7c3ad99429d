import { afterAll, beforeAll, expect, test } from "vitest";
import { PUT as putDraft } from "#app/api/v1/tenants/[tenant]/disputes/[dispute]/draft/route";
import { POST as postSubmit } from "#app/api/v1/tenants/[tenant]/disputes/[dispute]/submit/route";
import { transact, view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { addFile } from "#lib/disputes/add-file";
import { carryOutAnswer, resumeAnswers } from "#lib/disputes/carry-out-answer";
import { acceptDispute, submitAnswer } from "#lib/disputes/decide-answer";
import { findFacts } from "#lib/disputes/find-facts";
import { getDispute } from "#lib/disputes/get-dispute";
import { listAllDisputes } from "#lib/disputes/list-all-disputes";
import { countWaiting, listDisputes } from "#lib/disputes/list-disputes";
import { listFraudWarnings } from "#lib/disputes/list-fraud-warnings";
import { remindDeadlines } from "#lib/disputes/remind-deadlines";
import { removeFile } from "#lib/disputes/remove-file";
import { saveDraft } from "#lib/disputes/save-draft";
import { adoptOrphans } from "#lib/mirror/adopt-through";
import type { PlatformContext } from "#lib/tenancy/context";
import { createApiKey } from "#lib/tenancy/create-api-key";
import type { TenantPermission } from "#lib/tenancy/permissions";
import { db } from "#lib/web/context";
import {
  type DisputesWorld,
  disputed,
  mailsAbout,
  newShop,
  openDisputesWorld,
  paidHere,
  paidThere,
  paidUs,
  type Shop,
} from "#tests/lib/disputes/disputes-world";
import { newAdmin, newMember, unique } from "#tests/support/people";

let world: DisputesWorld;
let shop: Shop;
let other: Shop;
let admin: PlatformContext;

beforeAll(async () => {
  world = await openDisputesWorld();
  shop = await newShop(world);
  other = await newShop(world);
  admin = await newAdmin(world.system);
}, 60_000);
afterAll(async () => {
  await db().close();
  await world.close();
});

const pdf = (size = 9) => Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(size)]);
const live = (id: string, { accountId }: Shop = shop) =>
  world.stripe.disputes.retrieve(id, {}, { stripeAccount: accountId });
const opened = async (how: object = {}) => disputed(world, await paidThere(world, shop), how);
const page = (disputeId: string) => getDispute(shop.owner, disputeId);
const digestOf = async (disputeId: string) => (await page(disputeId)).preview.digest;
const submit = async (disputeId: string, seen?: string) =>
  submitAnswer(
    shop.owner,
    { disputeId, seen: seen ?? (await digestOf(disputeId)), acceptsFee: false },
    world.gateway,
  );
const write = (disputeId: string, texts: object) => saveDraft(shop.owner, { disputeId, texts });
const winning = { uncategorized_text: "winning_evidence" };

test("a dispute is told of at once, answered as it was seen, and won", async () => {
  const disputeId = await opened({ reason: "product_not_received" });
  const found = await page(disputeId);
  expect(found).toMatchObject({
    ...{ bearer: "tenant", stage: "dispute", isOpen: true, reason: "product_not_received" },
    amount: { minor: 10_000n, currency: "usd" },
    money: { taken: { minor: 10_000n }, fee: { minor: 1_500n }, cost: { minor: 11_500n } },
    payment: { amount: { minor: 10_000n }, description: "A blue vase", method: "Visa •••• 4242" },
    suggested: {
      customer_email_address: "buyer@example.com",
      product_description: "A blue vase",
    },
  });
  expect(found.preview.missing[0]).toBe("shipping_date");
  expect(await mailsAbout(world, `dispute:${disputeId}:opened`)).toEqual(["$100.00 is disputed"]);
  expect((await countWaiting(shop.owner)).count).toBe(1);

  await write(disputeId, { ...winning, shipping_date: "2026-11-02", customer_name: "" });
  const file = { disputeId, field: "receipt", name: "receipt.pdf", bytes: pdf() } as const;
  const { fileId } = await addFile(shop.owner, file, world.gateway);
  const { preview } = await page(disputeId);
  expect(preview.evidence).toEqual({
    ...{ receipt: fileId, shipping_date: "2026-11-02", ...winning },
  });

  await submit(disputeId, preview.digest);
  const taken = await live(disputeId);
  const given = Object.entries(taken.evidence).filter(([, value]) => typeof value === "string");
  expect(Object.fromEntries(given)).toEqual(preview.evidence);
  await world.act("clock", { advance_seconds: 1 });
  await world.settled();
  expect(await page(disputeId)).toMatchObject({
    ...{ status: "won", isOpen: false, submissions: 1 },
    answer: { status: "sent", decision: "submit", decidedBy: "Olga Owner" },
    money: { returned: { minor: 10_000n }, cost: { minor: 1_500n } },
  });
  expect(await mailsAbout(world, `dispute:${disputeId}:won`)).toEqual([
    "You won a dispute: $100.00",
  ]);
});

test("of two that hand it in at once, and of any that come later, Stripe hears one", async () => {
  const disputeId = await opened();
  await write(disputeId, { customer_name: "Bea Buyer" });
  const seen = await digestOf(disputeId);
  await Promise.allSettled([submit(disputeId, seen), submit(disputeId, seen)]);
  expect((await live(disputeId)).evidence_details.submission_count).toBe(1);
  await expect(submit(disputeId, seen)).rejects.toMatchObject({ code: "conflict" });
  await expect(write(disputeId, {})).rejects.toMatchObject({ code: "conflict" });
  const { id } = (await page(disputeId)).answer!;
  const change = view(
    { ...world.system },
    (tx) =>
      tx.$executeRaw`update dispute_answers set texts = '{"customer_name": "X"}' where id = ${id}`,
  );
  await expect(change).rejects.toThrow(/final/);
});

test("what changed since it was seen does not go out, and nothing is overwritten", async () => {
  const disputeId = await opened();
  const { editedAt } = await write(disputeId, { customer_name: "Bea Buyer" });
  const seen = await digestOf(disputeId);
  await write(disputeId, { customer_name: "Ben Buyer" });
  await expect(submit(disputeId, seen)).rejects.toThrow(/changed since you saw it/);
  const late = saveDraft(shop.owner, { disputeId, texts: {}, seen: editedAt.toISOString() });
  await expect(late).rejects.toThrow(/Somebody else changed/);
  await write(disputeId, {});
  await expect(submit(disputeId)).rejects.toThrow(/nothing in this answer/);
  expect((await live(disputeId)).evidence_details.has_evidence).toBe(false);
});

test("documents are what they are by their bytes, and together no more than Stripe takes", async () => {
  const disputeId = await opened();
  const add = (field: "receipt" | "customer_signature", bytes: Uint8Array) =>
    addFile(shop.owner, { disputeId, field, name: "a.pdf", bytes }, world.gateway);
  await expect(add("receipt", Buffer.from("<html>"))).rejects.toMatchObject({ code: "invalid" });
  const first = await add("receipt", pdf(3_000_000));
  await expect(add("customer_signature", pdf(2_000_000))).rejects.toThrow(/1\.5 MB are left/);
  const second = await add("receipt", pdf(1_000));
  expect((await page(disputeId)).answer!.files.map(({ id }) => id)).toEqual([second.id]);
  expect(second.fileId).not.toBe(first.fileId);
  await removeFile(shop.owner, { disputeId, fileId: second.id });
  expect((await page(disputeId)).preview.evidence).toEqual({});
});

test("where Stripe's word is lost it is asked again, and hears it once", async () => {
  const disputeId = await opened();
  await write(disputeId, { customer_name: "Bea Buyer" });
  const lost = {
    ...world.gateway,
    submitEvidence: async (request: Parameters<typeof world.gateway.submitEvidence>[0]) => {
      await world.gateway.submitEvidence(request);
      throw new Error("killed");
    },
  };
  const seen = await digestOf(disputeId);
  const died = submitAnswer(shop.owner, { disputeId, seen, acceptsFee: false }, lost);
  await expect(died).rejects.toThrow("killed");
  const later = { ...world.system, now: () => new Date(Date.now() + 600_000) };
  expect(await resumeAnswers(later)).toBeGreaterThan(0);

  // Stripe forgot the key by then, and refuses; it has this very answer.
  const forgetful = {
    ...world.gateway,
    submitEvidence: (request: Parameters<typeof world.gateway.submitEvidence>[0]) =>
      world.gateway.submitEvidence({ ...request, key: `${request.key}:forgotten` }),
  };
  const { id: answerId } = (await page(disputeId)).answer!;
  expect(await carryOutAnswer(world.system, { answerId }, forgetful)).toMatchObject({
    status: "sent",
  });
  expect((await live(disputeId)).evidence_details.submission_count).toBe(1);
});

test("what Stripe refuses is said, and can be mended", async () => {
  const disputeId = await opened();
  await write(disputeId, { customer_name: "Bea Buyer" });
  const closed = {
    ...world.gateway,
    submitEvidence: () => world.gateway.submitEvidence({ ...nothing, disputeId: "du_none" }),
  };
  const nothing = {
    account: shop.accountId,
    evidence: {},
    compliance: null,
    answerId: "",
    key: "k",
  };
  const seen = await digestOf(disputeId);
  const refused = submitAnswer(shop.owner, { disputeId, seen, acceptsFee: false }, closed);
  await expect(refused).rejects.toMatchObject({ code: "conflict" });
  expect((await page(disputeId)).answer).toMatchObject({ status: "failed" });
  await write(disputeId, { customer_name: "Ben Buyer" });
  expect((await page(disputeId)).answer).toMatchObject({ status: "draft", error: null });
  await submit(disputeId);
  expect((await page(disputeId)).answer).toMatchObject({ status: "sent" });
});

test("one that is accepted is lost, and costs what was said", async () => {
  const disputeId = await opened();
  await acceptDispute(shop.owner, { disputeId }, world.gateway);
  await world.settled();
  expect(await page(disputeId)).toMatchObject({
    ...{ status: "lost", answer: { status: "sent", decision: "accept" } },
    money: { cost: { minor: 11_500n } },
  });
  await expect(submit(disputeId, "x")).rejects.toMatchObject({ code: "conflict" });
});

test("an inquiry takes nothing; what it becomes is answered anew", async () => {
  const disputeId = await opened({ inquiry: true });
  expect(await page(disputeId)).toMatchObject({
    ...{ stage: "inquiry", status: "warning_needs_response", money: null, isRefundable: true },
  });
  await write(disputeId, { uncategorized_text: "escalate_inquiry_evidence" });
  await submit(disputeId);
  await world.act("clock", { advance_seconds: 1 });
  await world.settled();
  const grown = await page(disputeId);
  expect(grown).toMatchObject({ stage: "dispute", isOpen: true, answer: null });
  expect(grown.money!.taken.minor).toBe(10_000n);
  await write(disputeId, winning);
  await submit(disputeId);
  const answers = await view(shop.owner, (tx) => tx.disputeAnswer.count({ where: { disputeId } }));
  expect(answers).toBe(2);

  const asked = await opened({ inquiry: true });
  await acceptDispute(shop.owner, { disputeId: asked }, world.gateway);
  expect(await page(asked)).toMatchObject({ status: "warning_closed", money: null });
});

test("a payment that was given back says so beside its dispute", async () => {
  const charge = await paidThere(world, shop);
  const on = { stripeAccount: shop.accountId };
  await world.stripe.refunds.create({ charge, amount: 4_000 }, on);
  const disputeId = await disputed(world, charge, { reason: "credit_not_processed" });
  const { amount, payment } = await page(disputeId);
  expect(amount.minor).toBe(6_000n);
  expect(payment).toMatchObject({ refunded: { minor: 4_000n }, amount: { minor: 10_000n } });
  expect(payment!.refundedAt).toBeInstanceOf(Date);
});

test("what was written at the same moment as its payment is told to the shop all the same", async () => {
  const disputeId = await disputed(world, await paidHere(world, shop));
  await transact(world.system, "test.orphan", (tx) =>
    tx.stripeDispute.updateMany({ where: { id: disputeId }, data: { tenantId: null } }),
  );
  await findFacts(world.system, effects);
  expect(await mailsAbout(world, `dispute:${disputeId}:opened`)).toEqual(["$100.00 is disputed"]);
});

test("of a payment that was passed on the platform bears the dispute, and the shop answers it", async () => {
  const disputeId = await disputed(world, await paidHere(world, shop));
  expect(await mailsAbout(world, `dispute:${disputeId}:opened`)).toEqual([]);
  expect(await findFacts(world.system, effects)).toBeGreaterThan(0);
  expect(await findFacts(world.system, effects)).toBe(0);
  expect(await mailsAbout(world, `dispute:${disputeId}:opened`)).toEqual(["$100.00 is disputed"]);
  await adoptOrphans(world.system);
  expect(await page(disputeId)).toMatchObject({
    ...{ bearer: "platform", account: "" },
    payment: { passedOn: { amount: { minor: 10_000n }, reversed: { minor: 0n } } },
  });
  await write(disputeId, winning);
  await submit(disputeId);
  const taken = await world.stripe.disputes.retrieve(disputeId);
  expect(taken.evidence_details.submission_count).toBe(1);
});

test("what a shop itself disputes is the platform's alone to see", async () => {
  const disputeId = await disputed(world, await paidUs(world, shop));
  await findFacts(world.system, effects);
  await expect(page(disputeId)).rejects.toMatchObject({ code: "not_found" });
  expect(await mailsAbout(world, `dispute:${disputeId}:opened`)).toEqual([]);
  const alerts = await view(world.system, (tx) =>
    tx.alert.findMany({ where: { objectId: disputeId } }),
  );
  expect(alerts.map(({ kind }) => kind)).toEqual(["platform_dispute.opened"]);
  const query = { state: "open", order: "newest" } as const;
  const { rows } = await listAllDisputes(admin, query);
  const shown = rows.find(({ id }) => id === disputeId);
  expect(shown).toMatchObject({ isOurs: true, bearer: "platform" });
});

test("what its own balance bears the platform answers, out of every tenant's sight", async () => {
  const disputeId = await disputed(world, await paidUs(world, shop));
  const receipt = { disputeId, field: "receipt", name: "receipt.pdf", bytes: pdf() } as const;
  await saveDraft(admin, { disputeId, texts: { ...winning, customer_name: "A shop" } });
  const { id: fileId } = await addFile(admin, receipt, world.gateway);
  await addFile(admin, { ...receipt, field: "refund_policy" }, world.gateway);
  await removeFile(admin, { disputeId, fileId });
  const { preview, answer } = await getDispute(admin, disputeId);
  expect(Object.keys(preview.evidence)).toEqual([
    ...["customer_name", "refund_policy", "uncategorized_text"],
  ]);
  const asked = { disputeId, seen: preview.digest, acceptsFee: false };
  const late = submitAnswer(admin, { ...asked, seen: "another" }, world.gateway);
  await expect(late).rejects.toMatchObject({ code: "conflict", field: "seen" });
  await Promise.all([1, 2].map(() => submitAnswer(admin, asked, world.gateway)));
  const taken = await world.stripe.disputes.retrieve(disputeId);
  expect(taken.evidence_details.submission_count).toBe(1);
  const kept = (ctx: typeof admin | typeof shop.owner) =>
    view(ctx, (tx) => tx.disputeAnswer.findUnique({ where: { id: answer!.id } }));
  expect(await kept(shop.owner)).toBeNull();
  expect(await kept(admin)).toMatchObject({ tenantId: null, status: "sent" });

  const sold = await paidHere(world, shop);
  await world.settled();
  const passedOn = await disputed(world, sold);
  await saveDraft(admin, { disputeId: passedOn, texts: winning });
  expect((await page(passedOn)).answer).toMatchObject({ texts: winning });
  const ofNobody = (tenantId: string | null) =>
    transact(world.system, "test.own-answer", (tx) =>
      tx.disputeAnswer.updateMany({ where: { disputeId: passedOn }, data: { tenantId } }),
    );
  await ofNobody(null);
  await expect(write(passedOn, winning)).rejects.toMatchObject({ code: "conflict" });
  await saveDraft(admin, { disputeId: passedOn, texts: winning });
  expect((await page(passedOn)).answer).toMatchObject({ texts: winning });
  await acceptDispute(admin, { disputeId: passedOn }, world.gateway);
  expect((await world.stripe.disputes.retrieve(passedOn)).status).toBe("lost");

  const theirs = await opened();
  expect(await getDispute(admin, theirs)).toMatchObject({ bearer: "tenant" });
  const no = acceptDispute(admin, { disputeId: theirs }, world.gateway);
  await expect(no).rejects.toThrow(/so the company answers/);
  const support = await newAdmin(world.system, "support");
  const forbidden = saveDraft(support, { disputeId: passedOn, texts: winning });
  await expect(forbidden).rejects.toMatchObject({ code: "forbidden" });
});

test("the console lists every tenant's by deadline and by value, page after page", async () => {
  const all = { state: "all" } as const;
  const newest = await listAllDisputes(admin, { ...all, order: "newest" });
  expect(newest.rows.length).toBeGreaterThan(8);
  const open = await listAllDisputes(admin, { state: "open", order: "deadline" });
  expect(open.rows.every(({ isOpen }) => isOpen)).toBe(true);
  const dues = open.rows.map(({ dueAt }) => dueAt!.getTime());
  expect(dues).toEqual(dues.toSorted((a, b) => a - b));
  const { rows } = await listAllDisputes(admin, { ...all, order: "value" });
  const values = rows.map(({ amount }) => Number(amount.minor));
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(rows.at(-1)!.amount.minor).toBe(6_000n);
  const ours = await listAllDisputes(admin, { ...all, order: "newest", bearer: "platform" });
  expect(new Set(ours.rows.map(({ account }) => account))).toEqual(new Set([""]));
  const cursor = Buffer.from(JSON.stringify(["tomorrow", "du_1"])).toString("base64url");
  const broken = listAllDisputes(admin, { ...all, order: "newest", cursor });
  await expect(broken).rejects.toMatchObject({ code: "invalid", field: "cursor" });
});

test("nobody sees another's, and who may not answer cannot", async () => {
  const disputeId = await opened();
  for (const run of [
    () => getDispute(other.owner, disputeId),
    () => saveDraft(other.owner, { disputeId, texts: {} }),
    () => acceptDispute(other.owner, { disputeId }, world.gateway),
    () =>
      addFile(
        other.owner,
        { disputeId, field: "receipt", name: "a.pdf", bytes: pdf() },
        world.gateway,
      ),
  ]) {
    await expect(run()).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await listDisputes(other.owner)).rows).toEqual([]);
  const { member } = await newMember(world.system, shop.owner, "developer");
  expect((await listDisputes(member)).rows.length).toBeGreaterThan(0);
  const no = { code: "forbidden" };
  await expect(saveDraft(member, { disputeId, texts: {} })).rejects.toMatchObject(no);
  await expect(acceptDispute(member, { disputeId }, world.gateway)).rejects.toMatchObject(no);
});

test("a machine answers a dispute where its key may, and where it may not it is told which scope", async () => {
  const disputeId = await opened();
  const { tenantSlug: tenant } = shop.owner;
  const ask = async (scopes: TenantPermission[], to: keyof typeof doors, body: object) => {
    const { secret } = await createApiKey(shop.owner, { name: unique("key"), scopes });
    const method = to === "draft" ? "PUT" : "POST";
    const request = new Request(`http://localhost:3000/api/v1/${to}`, {
      ...{ method, body: JSON.stringify(body) },
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    });
    const answer = await doors[to](request, {
      params: Promise.resolve({ tenant, dispute: disputeId }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const draft = { texts: winning };
  for (const [to, body] of [
    ["draft", draft],
    ["submit", { seen: await digestOf(disputeId) }],
  ] as const) {
    const { status, body: problem } = await ask(["payments:read"], to, body);
    expect(status).toBe(403);
    expect(String(problem.detail)).toContain("disputes:respond");
  }
  expect((await page(disputeId)).answer?.status ?? null).toBe(null);
  expect((await live(disputeId)).status).toBe("needs_response");

  expect((await ask(["disputes:respond"], "draft", draft)).status).toBe(200);
  const seen = await digestOf(disputeId);
  expect(await ask(["payments:read", "disputes:respond"], "submit", { seen })).toMatchObject({
    ...{ status: 200, body: { status: "sent" } },
  });
  expect((await live(disputeId)).evidence.uncategorized_text).toBe("winning_evidence");
});

const doors = { draft: putDraft, submit: postSubmit };

test("a bank's warning is told of, and a refund is the way out", async () => {
  const charge = await paidThere(world, shop);
  await world.act("early-fraud-warnings", { charge });
  await world.settled();
  const read = async () => (await listFraudWarnings(shop.owner)).rows[0]!;
  const { id } = await read();
  expect(await read()).toMatchObject({
    chargeId: charge,
    isActionable: true,
    amount: { minor: 10_000n },
  });
  expect(await mailsAbout(world, `fraud_warning:${id}:received`)).toEqual([
    "A payment may be fraudulent",
  ]);
  await world.stripe.refunds.create({ charge }, { stripeAccount: shop.accountId });
  await world.settled();
  expect(await read()).toMatchObject({ id, isActionable: false });
});

test("before its deadline an unanswered dispute is reminded of, each time once", async () => {
  const disputeId = await opened();
  const { dueAt } = await page(disputeId);
  const at = (hoursBefore: number) => ({
    ...world.system,
    now: () => new Date(dueAt!.getTime() - hoursBefore * 3_600_000),
  });
  const told = () => mailsAbout(world, `dispute:${disputeId}:due`);
  await remindDeadlines(at(80));
  expect(await told()).toEqual([]);
  await remindDeadlines(at(70));
  await remindDeadlines(at(60));
  const first = "The dispute of $100.00 must be answered within three days";
  // The developer who joined meanwhile may not answer, so is not written to.
  expect(await told()).toEqual([first]);
  await write(disputeId, { customer_name: "Bea Buyer" });
  await remindDeadlines(at(20));
  expect(await told()).toHaveLength(2);
  await submit(disputeId);
  await remindDeadlines(at(1));
  expect(await told()).toHaveLength(2);
});
