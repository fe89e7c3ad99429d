/**
 * How Node is started for the web process, which renders much and keeps little of it. Left alone it
 * lets garbage grow to as much again as it needs, and glibc keeps large pieces that were freed:
 * after every page was asked for it held 670 MB, and so it holds 440.
 */
export const frugal = {
  flags: ["--max-semi-space-size=16", "--heap-growing-percent=30"],
  env: {
    MALLOC_MMAP_THRESHOLD_: "131072",
    MALLOC_TRIM_THRESHOLD_: "131072",
    MALLOC_ARENA_MAX: "2",
  },
} as const;
