import type { Publishing } from "#lib/db/generated/client";

/** Something at Stripe that was not as we want it. */
export type Difference = {
  /** The object at Stripe, by the name we gave it. */
  object: string;
  field: string;
  wanted: string;
  found: string;
  /** False where Stripe lets nobody change it; a person has to decide. */
  isRepaired: boolean;
};

/** A run that makes a version at Stripe, or compares what was made. */
export type PublishingView = {
  id: string;
  status: "running" | "failed" | "finished";
  done: number;
  total: number;
  differences: Difference[];
  error: string | null;
  startedAt: Date;
  finishedAt: Date | null;
};

export function toPublishing(row: Publishing): PublishingView {
  const { id, status, done, total, differences, error, startedAt, finishedAt } = row;
  const found = differences as Difference[];
  return { id, status, done, total, differences: found, error, startedAt, finishedAt };
}
