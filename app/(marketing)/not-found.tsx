import { NothingHere } from "#components/nothing-here";

/** Inside the site's frame, which has the page's main part already. */
export default function NotFound() {
  return <NothingHere />;
}
