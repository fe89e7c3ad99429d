import type { Figure } from "#scripts/bench/figure";

/** A bench: what it shows, and how to set its stage. What `open` starts, `close` ends. */
export type Bench = {
  about: string;
  open(): Promise<{ figures: Figure[]; close(): Promise<void> }>;
};
