import { type Mutant, mutantsOf } from "#scripts/mutations/mutant";

const rules = "tests/lib/ledger-rules/rules.test.ts";
const books = "tests/lib/ledger-rules/books.test.ts";
const margin = "tests/lib/margin/margin.test.ts";
const own = (name: string) => `lib/ledger-rules/${name}.ts`;

/** Which fact makes which moves, and what is made of them. */
export const ruleMutants: readonly Mutant[] = [
  ...mutantsOf(own("claim"), rules, [["opposite", "minor «>» 0n ? { from, to }"]]),
  ...mutantsOf(own("charge-claims"), rules, [
    ["opposite", "BigInt(charge.amount_captured «-» part)"],
    ["opposite", "const share = BigInt(amount) «-» (BigInt(part)"],
    ["never", 'const isSale = «counter.code === "revenue:sales" && !charge.source_transfer»'],
  ]),
  ...mutantsOf(own("settled-entries"), rules, [
    ["opposite", "[amount «-» fee, outer]"],
    ["opposite", "const rest = BigInt(row.fee) «-» named.reduce"],
    ["dropped", "if (!isCurrency(currency) «|| isMirrored(row)») return []"],
    ["never", "const isLost = «isKept && row.exchange_rate !== null && !presented»;"],
    ["never", "const isFx = «isKept && presented !== null && presented.currency !== currency»;"],
    ["opposite", "if (isDispute) return clearing(row.amount «>» 0 ?"],
  ]),
  ...mutantsOf(own("schedule"), rules, [
    ["more", "/ dayMs) + «1»)"],
    ["boundary", "return passed «>=» days ?"],
    ["opposite", "return rest «<» credit ? rest : credit;"],
  ]),
  ...mutantsOf(own("line-parts"), rules, [
    ["opposite", "BigInt(line.amount) «-» sum(line.discount_amounts)"],
    ["dropped", "sum(line.discount_amounts)« - sum(inside)»"],
  ]),
  ...mutantsOf(own("invoice-claims"), rules, [
    ["opposite", "(end ?? start) «-» start"],
    ["dropped", "shift(line.net« - line.credits», currency, from"],
    ["opposite", "shift(left «-» tax, currency, owed"],
  ]),
  ...mutantsOf(own("credit-note-claims"), rules, [
    ["dropped", "BigInt(note.post_payment_amount)« - refunded» - elsewhere"],
    ["dropped", "bearable(restOf(schedule)« - taken», net - credits)"],
  ]),
  ...mutantsOf(own("dispute-claims"), rules, [["dropped", 'status === "lost"« && !back»']]),
  ...mutantsOf(own("bank-claims"), rules, [
    ["swapped", "shift(sum, currency, «to, from»)"],
    ["swapped", "shift(minor, currency, «clearing(id), onItsWay»)"],
  ]),
  ...mutantsOf(own("earn-revenue"), books, [["opposite", "shift(reached «-» earnedMinor"]]),
  ...mutantsOf("lib/margin/figures.ts", margin, [
    ["opposite", "return earnedOf(of) «-» of.processing"],
  ]),
  ...mutantsOf("lib/margin/legs.ts", margin, [
    ["opposite", "s.credit «-» s.debit as minor"],
    ["dropped", '? "leg.minor" : "«-»leg.minor"'],
  ]),
];
