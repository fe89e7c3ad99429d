/** Two letters in place of a picture. */
export function Initials({ of, round = false }: { of: string; round?: boolean }) {
  return (
    <span
      aria-hidden
      className={`grid size-7 shrink-0 place-items-center text-2xs font-semibold ${
        round ? "rounded-full bg-default" : "rounded-sm bg-accent-soft text-accent-soft-foreground"
      }`}
    >
      {initialsOf(of)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]?.slice(0, 2)];
  return letters
    .map((word, _, all) => (all.length > 1 ? [...(word ?? "")][0] : word))
    .join("")
    .toUpperCase();
}
