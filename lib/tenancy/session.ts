/** How long a sign-in lasts, used or not. */
export const sessionDays = 30;

const dayMs = 86_400_000;

export function sessionEnd(from: Date): Date {
  return new Date(from.getTime() + sessionDays * dayMs);
}
