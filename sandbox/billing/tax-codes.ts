/** What Stripe calls each kind of thing that is sold. Stripe knows some hundreds; these are what
 *  software, media and services are sold as: https://docs.stripe.com/tax/tax-codes */
export const taxCodes: Record<string, { name: string; description: string }> = {
  txcd_00000000: { name: "Nontaxable", description: "Anything that is not to be taxed." },
  txcd_10000000: {
    name: "General - Electronically Supplied Services",
    description: "Digital services and digital goods delivered over the internet.",
  },
  txcd_10010001: {
    name: "Infrastructure as a service (IaaS) - personal use",
    description: "Computing, storage and networks rented over the internet by a person.",
  },
  txcd_10101000: {
    name: "Infrastructure as a service (IaaS) - business use",
    description: "Computing, storage and networks rented over the internet by a business.",
  },
  txcd_10102000: {
    name: "Platform as a service (PaaS) - business use",
    description: "Tools to build and run applications over the internet, for a business.",
  },
  txcd_10102001: {
    name: "Platform as a service (PaaS) - personal use",
    description: "Tools to build and run applications over the internet, for a person.",
  },
  txcd_10103000: {
    name: "Software as a service (SaaS) - personal use",
    description: "Prewritten software used over the internet by a person.",
  },
  txcd_10103001: {
    name: "Software as a service (SaaS) - business use",
    description: "Prewritten software used over the internet by a business.",
  },
  txcd_10103100: {
    name: "Software as a service (SaaS) - electronic download - personal use",
    description: "Software used over the internet by a person, with a part that is downloaded.",
  },
  txcd_10103101: {
    name: "Software as a service (SaaS) - electronic download - business use",
    description: "Software used over the internet by a business, with a part that is downloaded.",
  },
  txcd_10104001: {
    name: "Cloud-based business process as a service",
    description: "A process of a business that is done for it over the internet.",
  },
  txcd_10201000: {
    name: "Video Games - downloaded - non subscription - with permanent rights",
    description: "A game that is downloaded once and kept.",
  },
  txcd_10202000: {
    name: "Downloadable Software - personal use",
    description: "Prewritten software that a person downloads.",
  },
  txcd_10202003: {
    name: "Downloadable Software - business use",
    description: "Prewritten software that a business downloads.",
  },
  txcd_10203001: {
    name: "Downloadable Software - custom - business use",
    description: "Software written for one business, which downloads it.",
  },
  txcd_10301000: { name: "Audiobook", description: "A book that is read to its listener." },
  txcd_10302000: {
    name: "Digital Books - downloaded - non subscription - with permanent rights",
    description: "A digital book that is downloaded once and kept.",
  },
  txcd_10401200: {
    name: "Digital Audio Works - streamed - subscription - with conditional rights",
    description: "Music and speech streamed while a subscription lasts.",
  },
  txcd_10402200: {
    name: "Digital Audio Visual Works - streamed - subscription - with conditional rights",
    description: "Films and series streamed while a subscription lasts.",
  },
  txcd_10501000: {
    name: "Digital Photographs/Images - downloaded - non subscription - with permanent rights",
    description: "An image that is downloaded once and kept.",
  },
  txcd_10502000: { name: "Gift Card", description: "Credit that can be spent later." },
  txcd_10701000: { name: "Website Advertising", description: "Room for advertising on a website." },
  txcd_10701100: { name: "Website Hosting", description: "Keeping a website reachable." },
  txcd_10701200: { name: "Website Design", description: "Making how a website looks and works." },
  txcd_20030000: { name: "General - Services", description: "Services of any kind, by people." },
  txcd_92010001: { name: "Shipping", description: "Bringing what was bought to who bought it." },
  txcd_99999999: { name: "General - Tangible Goods", description: "Things that can be touched." },
};
