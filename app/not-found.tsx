import { NothingHere } from "#components/nothing-here";

export default function NotFound() {
  return (
    <main id="main" className="grid min-h-dvh place-items-center">
      <NothingHere />
    </main>
  );
}
