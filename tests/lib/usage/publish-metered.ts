import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import type { World } from "#tests/lib/billing/world";

/** A plan on sale of nothing but calls, at so many cents each: `metered_3`. */
export async function publishMetered(world: World, unitMinor: string): Promise<void> {
  const named = { key: `metered_${unitMinor}`, name: `Metered ${unitMinor}`, description: "" };
  const meter = { key: "api_calls", name: "API calls", eventName: "api_calls" };
  const offer = { currency: "usd", interval: "month", model: "per_unit", unitMinor } as const;
  const calls = { kind: "usage", key: "calls", name: "Calls", unit: "call" } as const;
  const drafted = await draftPlan(world.system, {
    ...{ ...named, position: 10, trialDays: 0, features: [] },
    components: [{ ...calls, meter, prices: [offer] }],
  });
  await beginPublishing(world.system, drafted!);
  await runPublishing(world.system, { versionId: drafted!.versionId }, world.gateway);
}
