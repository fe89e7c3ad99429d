import type { CheckoutInput } from "#lib/billing/input";
import type { Country } from "#lib/tenancy/countries";
import type { TenantRole } from "#lib/tenancy/permissions";

/** The password of everyone in the demo. It exists beside the local Stripe only. */
export const demoPassword = "lockstep-demo";

export type DemoPerson = { name: string; email: string };
export type DemoTenant = {
  company: string;
  slug: string;
  country: Country;
  /** How many weeks ago they signed up. */
  weeksAgo: number;
  owner: DemoPerson & { isVerified: boolean };
  colleagues?: (DemoPerson & { role: TenantRole })[];
  /** Its own systems are told of what happens. */
  listens?: true;
  invited?: { email: string; role: TenantRole }[];
  checkout?: CheckoutInput;
  /** What its systems report of a working day. */
  callsADay?: number;
  /** Its customers pay through its own account; or it began to set that up, and stopped. */
  takesPayments?: "yes" | "begun";
  /** It watches what it uses, and has set limits. */
  isCareful?: true;
  /** What became of the checkout; left open where it says nothing. */
  later?: "pays" | "falls-behind" | "cancels";
};

export const demoAdmin: DemoPerson = { name: "Robin Vale", email: "admin@lockstep.test" };

function owner(name: string, email: string, isVerified = true) {
  return { name, email, isVerified };
}

/** Companies in every state a platform's people meet. */
export const demoTenants: DemoTenant[] = [
  {
    company: "Northbeam Studio",
    slug: "northbeam",
    country: "US",
    weeksAgo: 9,
    owner: owner("Ada Moreau", "ada@northbeam.test"),
    colleagues: [
      { name: "Jonas Weber", email: "jonas@northbeam.test", role: "admin" },
      { name: "Priya Raman", email: "priya@northbeam.test", role: "finance" },
      { name: "Tomás Ortega", email: "tomas@northbeam.test", role: "developer" },
      { name: "Mei Lin", email: "mei@northbeam.test", role: "member" },
      { name: "Sam Carter", email: "sam@northbeam.test", role: "member" },
    ],
    invited: [{ email: "noor@northbeam.test", role: "developer" }],
    listens: true,
    checkout: { plan: "pro", interval: "month", currency: "usd", seats: 12 },
    callsADay: 1_800,
    takesPayments: "yes",
    later: "pays",
  },
  {
    company: "Harbor & Pine",
    slug: "harbor-and-pine",
    country: "US",
    weeksAgo: 8,
    owner: owner("Elliot Hughes", "elliot@harborpine.test"),
    checkout: { plan: "starter", interval: "month", currency: "usd", seats: 1 },
    later: "pays",
  },
  {
    company: "Kestrel Analytics",
    slug: "kestrel",
    country: "GB",
    weeksAgo: 7,
    owner: owner("Imogen Clarke", "imogen@kestrel.test"),
    colleagues: [{ name: "Dev Patel", email: "dev@kestrel.test", role: "developer" }],
    checkout: { plan: "scale", interval: "month", currency: "usd", seats: 1 },
    callsADay: 48_000,
    isCareful: true,
    takesPayments: "begun",
    later: "pays",
  },
  {
    company: "Atelier Lumen",
    slug: "atelier-lumen",
    country: "FR",
    weeksAgo: 5,
    owner: owner("Camille Roche", "camille@lumen.test"),
    checkout: { plan: "pro", interval: "year", currency: "eur", seats: 5 },
    later: "pays",
  },
  {
    company: "Tidewater Clinics",
    slug: "tidewater",
    country: "US",
    weeksAgo: 5,
    owner: owner("Marcus Bell", "marcus@tidewater.test"),
    colleagues: [{ name: "Joan Avery", email: "joan@tidewater.test", role: "finance" }],
    checkout: { plan: "pro", interval: "month", currency: "usd", seats: 24 },
    later: "falls-behind",
  },
  {
    company: "Oakline Logistics",
    slug: "oakline",
    country: "DE",
    weeksAgo: 4,
    owner: owner("Lena Fischer", "lena@oakline.test"),
    checkout: { plan: "starter", interval: "month", currency: "eur", seats: 1 },
    later: "cancels",
  },
  {
    company: "Halcyon Robotics",
    slug: "halcyon",
    country: "JP",
    weeksAgo: 2,
    owner: owner("Haruka Sato", "haruka@halcyon.test"),
    checkout: { plan: "scale", interval: "year", currency: "usd", seats: 1 },
    callsADay: 110_000,
    later: "pays",
  },
  {
    company: "Fable & Co",
    slug: "fable",
    country: "CA",
    weeksAgo: 1,
    owner: owner("Owen Tremblay", "owen@fable.test"),
    checkout: { plan: "pro", interval: "month", currency: "usd", seats: 3 },
  },
  {
    company: "Mosswood Labs",
    slug: "mosswood",
    country: "US",
    weeksAgo: 0,
    owner: owner("Nadia Rahman", "nadia@mosswood.test", false),
  },
];
