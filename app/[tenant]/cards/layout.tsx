import { notFound } from "next/navigation";
import { offersBanking } from "#lib/connect/offers-banking";

/** Decided above the skeletons of the pages below: what is not there is answered with 404. */
export default function CardsLayout({ children }: { children: React.ReactNode }) {
  if (!offersBanking()) notFound();
  return children;
}
