import type { Draws } from "#sandbox/generate/draws";

const first = [
  ...["Ada", "Bruno", "Chiara", "Dmitri", "Esme", "Farid", "Grace", "Hugo", "Imani", "Jonas"],
  ...["Keiko", "Liam", "Mei", "Nadia", "Omar", "Priya", "Quentin", "Rosa", "Sven", "Tara"],
];
const last = [
  ...["Almeida", "Becker", "Chen", "Dubois", "Eriksen", "Fontana", "Garcia", "Haddad"],
  ...["Ito", "Jensen", "Kowalski", "Lopez", "Moreau", "Novak", "Okafor", "Patel", "Quinn"],
];
const things = [
  ...["Cedar", "Harbor", "Juniper", "Lantern", "Maple", "Meridian", "Nimbus", "Orchard"],
  ...["Pebble", "Quartz", "River", "Saffron", "Summit", "Tidal", "Velvet", "Willow"],
];
const trades = [
  ...["Analytics", "Bakery", "Books", "Coffee", "Cycles", "Dental", "Design", "Fitness"],
  ...["Florists", "Games", "Labs", "Logistics", "Outdoor", "Press", "Robotics", "Studio"],
];

/** A person as they would sign up. */
export function personOf(draws: Draws): { name: string; email: string } {
  const [given, family] = [draws.one(first), draws.one(last)];
  const name = `${given} ${family}`;
  return { name, email: `${given}.${family}${draws.below(1000)}@example.com`.toLowerCase() };
}

/** A company, with an address on the web that leads nowhere. */
export function companyOf(draws: Draws, place: number): { name: string; email: string } {
  const name = `${draws.one(things)} ${draws.one(trades)}`;
  const host = `${name.replaceAll(" ", "-").toLowerCase()}-${place + 1}.example`;
  return { name, email: `owner@${host}` };
}
