import type { ChangePreview } from "#lib/billing/change-preview";

/** What a confirmation says was seen, so that nothing else is billed. */
export function seenOf({ prorationAt, dueNowMinor, isExact }: ChangePreview) {
  return {
    ...(prorationAt && { prorationAt: prorationAt.toISOString() }),
    ...(isExact && { dueNowMinor: String(dueNowMinor) }),
  };
}
