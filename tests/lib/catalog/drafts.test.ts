import { afterAll, beforeAll, expect, test } from "vitest";
import { createDraft } from "#lib/catalog/create-draft";
import { createPlan } from "#lib/catalog/create-plan";
import { deleteDraft } from "#lib/catalog/delete-draft";
import { deletePlan } from "#lib/catalog/delete-plan";
import { getVersion } from "#lib/catalog/get-version";
import { createPlanInput, type DraftContent } from "#lib/catalog/input";
import { saveDraft } from "#lib/catalog/save-draft";
import { updatePlan } from "#lib/catalog/update-plan";
import { transact } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { goodDraft } from "#tests/lib/catalog/drafts";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, unique } from "#tests/support/people";

let database: TestDatabase;
let admin: PlatformContext;

beforeAll(async () => {
  database = await openTestDatabase();
  const system = database.context();
  admin = await newAdmin(system);
  await transact(system, "test.meter", (tx) =>
    tx.meter.create({ data: { key: "api_calls", name: "API calls", eventName: "api_calls" } }),
  );
});
afterAll(() => database.close());

const newPlan = (over: object = {}) => {
  const key = unique("plan").replace("-", "_");
  return createPlan(admin, createPlanInput.parse({ key, name: "Plan", ...over }));
};
const save = (versionId: string, revision: number, content: DraftContent = goodDraft()) =>
  saveDraft(admin, { versionId, revision, ...content });

test("a draft reads back exactly as it was saved, and again after it is copied", async () => {
  const { planId, versionId } = await newPlan();
  expect(await save(versionId, 1)).toEqual({ revision: 2, problems: [] });
  const first = await getVersion(admin, { versionId });
  expect(first.draft).toEqual({ revision: 2, ...goodDraft() });
  expect(first).toMatchObject({ number: 1, status: "draft", problems: [], publishing: null });

  const copy = await createDraft(admin, { planId, copyOf: versionId });
  const second = await getVersion(admin, copy);
  expect(second).toMatchObject({ number: 2, draft: { revision: 1, ...goodDraft() } });
});

test("saving replaces all of a draft, and what is not whole may wait in it", async () => {
  const { versionId } = await newPlan();
  await save(versionId, 1);
  const [base] = goodDraft().components;
  const half = goodDraft({ components: [{ ...base!, prices: [] }] });
  const { problems } = await save(versionId, 2, half);
  expect(problems.map(({ field }) => field)).toEqual(["components.0.prices"]);
  const { draft } = await getVersion(admin, { versionId });
  expect(draft.components).toEqual(half.components);
});

test("what is no price is refused and nothing of the draft changes", async () => {
  const { versionId } = await newPlan();
  await save(versionId, 1);
  const broken = goodDraft();
  broken.components[0]!.prices[0]!.unitMinor = "-5";
  await expect(save(versionId, 2, broken)).rejects.toMatchObject({
    code: "invalid",
    field: "components.0.prices.0.unitMinor",
  });
  expect((await getVersion(admin, { versionId })).draft.revision).toBe(2);
});

test("of two people who edit one draft the first is kept and the second is told", async () => {
  const { versionId } = await newPlan();
  const saves = await Promise.allSettled([
    save(versionId, 1, goodDraft({ trialDays: 7 })),
    save(versionId, 1, goodDraft({ trialDays: 30 })),
  ]);
  const refused = saves.filter(({ status }) => status === "rejected");
  expect(refused).toMatchObject([{ reason: { code: "conflict", field: "revision" } }]);
  await expect(deleteDraft(admin, { versionId, revision: 1 })).rejects.toMatchObject({
    code: "conflict",
  });
  await deleteDraft(admin, { versionId, revision: 2 });
  await expect(getVersion(admin, { versionId })).rejects.toMatchObject({ code: "not_found" });
});

test("two drafts begun at once are two versions or one conflict, never one number twice", async () => {
  const { planId } = await newPlan();
  const tries = [1, 2, 3].map(() => createDraft(admin, { planId, copyOf: null }));
  const made = await Promise.allSettled(tries);
  const numbers: number[] = [];
  for (const one of made) {
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
    else numbers.push((await getVersion(admin, one.value)).number);
  }
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBeGreaterThan(0);
});

test("a plan's key is its own, and a plan that was never published can go", async () => {
  const key = unique("taken").replace("-", "_");
  const { planId, versionId } = await newPlan({ key });
  await expect(newPlan({ key })).rejects.toMatchObject({ code: "conflict", field: "key" });
  await save(versionId, 1);
  await deletePlan(admin, { planId });
  await newPlan({ key });
});

test("an add-on names plans that are there, and a plan names none", async () => {
  const key = unique("base").replace("-", "_");
  const { planId } = await newPlan({ key });
  const addOn = await newPlan({ kind: "add_on", besidePlans: [key] });
  expect((await getVersion(admin, addOn)).plan).toMatchObject({
    kind: "add_on",
    besidePlans: [key],
  });
  for (const wrong of [{ kind: "add_on", besidePlans: ["nothing"] }, { besidePlans: [key] }]) {
    await expect(newPlan(wrong)).rejects.toMatchObject({ field: "besidePlans" });
  }
  await updatePlan(admin, { planId, name: "Renamed" });
  await expect(updatePlan(admin, { planId, besidePlans: [key] })).rejects.toThrow(/Only an add-on/);
});

test("only an admin edits the catalogue; everyone in the console reads it", async () => {
  const { planId, versionId } = await newPlan();
  for (const role of ["finance", "support", "read_only"] as const) {
    const other = await newAdmin(database.context(), role);
    const tries = [
      () => createPlan(other, createPlanInput.parse({ key: "x", name: "X" })),
      () => updatePlan(other, { planId, name: "X" }),
      () => deletePlan(other, { planId }),
      () => createDraft(other, { planId, copyOf: null }),
      () => saveDraft(other, { versionId, revision: 1, ...goodDraft() }),
      () => deleteDraft(other, { versionId, revision: 1 }),
    ];
    for (const attempt of tries) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await getVersion(other, { versionId })).toMatchObject({ status: "draft" });
  }
});
