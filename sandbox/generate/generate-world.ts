import type { Engine } from "#sandbox/engine";
import { openPlatform } from "#sandbox/generate/catalog";
import { createDraws } from "#sandbox/generate/draws";
import { createHand } from "#sandbox/generate/hand";
import {
  answerDisputes,
  type HappeningName,
  happenings,
  rareCards,
  reportUsage,
  type Story,
  takePayment,
  takeRarePayment,
} from "#sandbox/generate/happenings";
import { signUp, type Tenant } from "#sandbox/generate/tenants";
import type { Namespace } from "#sandbox/world/namespace";
import type { Scheduler } from "#sandbox/world/scheduler";

/** What is asked for: how many tenants, over how long, and where it all ends, in seconds. */
export interface Wish {
  seed: number;
  tenants: number;
  months: number;
  ends: number;
}

/** How far it has come. */
export interface Progress {
  state: "running" | "done" | "failed";
  day: number;
  days: number;
  tenants: number;
  sales: number;
  refused: number;
  error?: string;
}

const daySeconds = 86_400;
const monthDays = 30;

/**
 * Lives through months of a platform, act by act through the handlers of the API and between them
 * everything that is due, under a clock that ends at the instant wished for. The same wish makes
 * the same world, to the last id. The event loop has its turn after each step.
 */
export async function generateWorld(
  engine: Engine,
  scheduler: Scheduler,
  namespace: Namespace,
  wish: Wish,
  progress: Progress,
): Promise<void> {
  const draws = createDraws(wish.seed);
  const begins = beginning(wish);
  namespace.clock.beginAt(begins);
  const hand = createHand(engine, namespace);
  hand.at(begins);
  const catalog = openPlatform(hand, namespace.account);
  const story: Story = { hand, draws, catalog, tenants: [], sales: [] };
  const diary = { done: new Set<HappeningName>(), disputes: new Set<string>(), rare: 0 };

  for (let day = 0; day < progress.days; day += 1) {
    progress.day = day;
    for (const { second, run } of planDay(story, wish, { day, days: progress.days }, diary)) {
      const instant = begins + day * daySeconds + second;
      await scheduler.advance(namespace, instant);
      hand.at(instant);
      run();
    }
    progress.tenants = story.tenants.length;
    progress.sales = story.sales.length;
    progress.refused = hand.refused;
  }
  await scheduler.advance(namespace, wish.ends);
}

/** Days of the story, from a midnight on. */
export function daysOf(wish: Wish): number {
  return wish.months * monthDays;
}

function beginning(wish: Wish): number {
  const end = Math.floor(wish.ends / daySeconds) * daySeconds;
  return end - daysOf(wish) * daySeconds;
}

type Act = { second: number; run(): void };
type Diary = { done: Set<HappeningName>; disputes: Set<string>; rare: number };
type When = { day: number; days: number };

/** What comes to pass on a day, in the order of its hours. */
function planDay(story: Story, wish: Wish, when: When, diary: Diary): Act[] {
  const { draws, tenants } = story;
  const acts: Act[] = [];
  const plan = (run: () => void) => acts.push({ second: 21_600 + draws.below(57_600), run });
  // All have signed up when the first half is over.
  const due = Math.ceil((wish.tenants * (when.day + 1)) / Math.max(1, when.days / 2));
  for (let place = tenants.length; place < Math.min(wish.tenants, due); place += 1) {
    plan(() => {
      const tenant = signUp(story.hand, draws, story.catalog, place);
      if (tenant) tenants.push(tenant);
    });
  }
  for (const tenant of tenants) planTenantsDay(story, tenant, when, diary, plan);
  planRareCards(story, when, diary, plan);
  if (when.day % 3 === 2) {
    const direct = tenants.filter(({ charges }) => charges === "direct");
    plan(() => {
      for (const account of [undefined, ...direct.map(({ account }) => account)]) {
        answerDisputes(story, account, diary.disputes);
      }
    });
  }
  return acts.sort((left, right) => left.second - right.second);
}

type Plan = (run: () => void) => void;

function planTenantsDay(story: Story, tenant: Tenant, when: When, diary: Diary, plan: Plan): void {
  const { draws } = story;
  const isWeekend = when.day % 7 >= 5;
  const visits = Math.round(tenant.visits * (isWeekend ? 0.5 : 1.2) + draws.below(100) / 100 - 0.5);
  if (tenant.canTakePayments) {
    for (let visit = 0; visit < visits; visit += 1) plan(() => takePayment(story, tenant));
  }
  if (when.day % 2 === 0) plan(() => reportUsage(story, tenant));
  for (const name of Object.keys(happenings) as HappeningName[]) {
    const { chance, mustBy, run } = happenings[name];
    const isDrawn = draws.happens(chance);
    const isOverdue = () => !diary.done.has(name) && when.day >= mustBy * when.days;
    if (!isDrawn && !isOverdue()) continue;
    plan(() => {
      if ((isDrawn || isOverdue()) && run(story, tenant) !== undefined) diary.done.add(name);
    });
  }
}

/** The rare turns come one after the other, from when there is somebody to take payments. */
function planRareCards(story: Story, when: When, diary: Diary, plan: Plan): void {
  const able = story.tenants.filter(({ canTakePayments }) => canTakePayments);
  const card = rareCards[diary.rare];
  if (card === undefined || able.length === 0 || when.day % 2 === 1) return;
  diary.rare += 1;
  plan(() => takeRarePayment(story, story.draws.one(able), card));
}
