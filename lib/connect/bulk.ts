import { z } from "zod";
import { flows, holdInput } from "#lib/connect/hold";

/** What can be done to many accounts at once, after a look at who is touched. */
export const bulkActs = ["remind", "hold", "release"] as const;
export type BulkAct = (typeof bulkActs)[number];

const most = 200;
const tenantIds = z.array(z.string().max(100)).min(1, "Choose at least one.").max(most);

export const bulkPreviewInput = z.object({ act: z.enum(bulkActs), tenantIds });
export type BulkPreviewInput = z.output<typeof bulkPreviewInput>;

export const bulkInput = z
  .object({
    ...{ act: z.enum(bulkActs), tenantIds },
    key: z.string().min(8).max(100).describe("A request sent twice with one key is one."),
    stops: z.array(z.enum(flows)).optional().describe("Of a hold: what it stops."),
    text: holdInput.shape.reason.optional().describe("Why it is held, or what changed."),
  })
  .refine(({ act, stops }) => act !== "hold" || (stops && stops.length > 0), {
    ...{ path: ["stops"], message: "Choose what to stop: payments, payouts, or both." },
  })
  .refine(({ act, text }) => act === "remind" || text !== undefined, {
    ...{ path: ["text"], message: "Say why in a sentence; the workspaces read it." },
  });
export type BulkInput = z.output<typeof bulkInput>;

/** What an act would do to one tenant, or why it leaves it as it is. */
export type BulkRow = { tenantId: string; name: string; isTouched: boolean; what: string };
