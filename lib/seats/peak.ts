/** Under true-up: the most seats of a period so far, and how many of them are paid for already. */
type Peak = { peakSeats: number | null; peakSince: Date | null; bought: number };

/**
 * Counts seats that go beyond the most there were. What each costs runs from its own beginning to
 * the period's end, so the mean of the beginnings is when all of them together began.
 */
export function raisePeak(
  { peakSeats, peakSince, bought }: Peak,
  seats: number,
  at: Date,
): { peakSeats: number | null; peakSince: Date | null } {
  const before = peakSeats ?? bought;
  if (seats <= before) return { peakSeats, peakSince };
  const extra = BigInt(Math.max(0, before - bought));
  const added = BigInt(seats - before);
  const sum = extra * BigInt(peakSince?.getTime() ?? 0) + added * BigInt(at.getTime());
  return { peakSeats: seats, peakSince: new Date(Number(sum / (extra + added))) };
}
