/** The last instant of a day, in UTC: who redeems on the last day is in time. */
export function endOfDay(day: string): string {
  return `${day}T23:59:59.000Z`;
}
