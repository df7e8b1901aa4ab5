import { join } from "node:path";
import { checkBytes } from "./check-bytes.ts";
import { checkCards } from "./check-cards.ts";
import { checkConsent } from "./check-consent.ts";
import { checkBehaviour } from "./check-behaviour.ts";
import { checkDelivery, checkMemory } from "./check-customer.ts";
import { checkMixture, checkWitness, nameOf, personsIn } from "./check-people.ts";
import { Defects } from "./defects.ts";
import { differences, Numbers } from "./numbers.ts";
import type { Person } from "./person.ts";
import { ordersInLog, settleAll, type Settled } from "./recount-orders.ts";
import { countEvents, countOrders } from "./recount.ts";
import { readCustomers, readLedger, readModel } from "./storage.ts";
import type { CustomerFile, KeptOrder, LedgerFile } from "./stored.ts";
import type { Witness } from "./witness.ts";

export type Verdict = {
  /** What was looked at, and how many of each. */
  readonly checked: Readonly<Record<string, number>>;
  readonly defects: readonly string[];
};

/** Rows that count: of somebody who was joined to a customer, only what was not handed over. */
const own = (file: CustomerFile): CustomerFile =>
  file.mark ? { ...file, rows: file.rows.filter((row) => row.seq > file.mark!.handed) } : file;

/**
 * Reads everything a stopped server has stored, and compares it with what the clients were told and with itself: what was
 * acknowledged is there once, nothing else is, and every number equals its recount.
 * @param isPatient whether every alarm had the time to fail once and come again
 */
export function judge(
  dataDir: string,
  witness: Witness,
  people: readonly Person[],
  isPatient: boolean,
): Verdict {
  const defects = new Defects();
  const ledger = readLedger(dataDir);
  const model = readModel(dataDir);
  const hasWithdrawn = new Set(people.filter((person) => person.hasWithdrawn).map(nameOf));
  /** Objects whose rows may have lost events that they had counted. */
  const withdrawn = new Set<string>();
  const living = new Set<string>();
  const knownBy = new Map<string, ReadonlyMap<string, KeptOrder>>();

  // First: who is where, and what was ordered.
  for (const file of readCustomers(dataDir)) {
    living.add(file.object);
    const persons = personsIn(file, witness, defects);
    checkMixture(file, persons, people, defects);
    // Of somebody who withdrew everything not even an event is left that says who it is.
    if (persons.length === 0 || persons.some((n) => hasWithdrawn.has(nameOf(people[n]!))))
      withdrawn.add(file.object);
    if (!file.mark) knownBy.set(file.object, withdrawn.has(file.object) ? file.orders : ordersInLog(file));
  }
  const settled = settleAll(knownBy);
  const ordersOf = Map.groupBy(settled.values(), (order) => order.home) as ReadonlyMap<string, Settled[]>;

  // Then: what each contributes, and what of it arrived.
  const expected = new Numbers();
  const reported = new Numbers();
  const counts = {
    customers: 0,
    rows: 0,
    events: 0,
    orders: settled.size,
    withdrawn: withdrawn.size,
    joined: 0,
  };
  for (const whole of readCustomers(dataDir)) {
    const file = own(whole);
    if (file.mark) counts.joined++;
    else counts.customers++;
    counts.rows += file.rows.length;
    const deltas = new Numbers();
    for (const row of file.rows) for (const delta of row.deltas) deltas.addDelta(delta);
    if (!file.mark) for (const delta of file.bygone) deltas.addDelta(delta);
    reported.addAll(deltas);
    if (withdrawn.has(file.object)) expected.addAll(deltas);
    else {
      const numbers = new Numbers();
      countEvents(file, numbers);
      if (!file.mark) {
        countOrders(file, ordersOf, numbers);
        numbers.add("customers", "known", "", "count", file.nextSeq > 1 ? 1 : 0);
      }
      expected.addAll(numbers);
      for (const difference of differences(deltas.all, numbers.all))
        defects.add("a customer's rows and events differ", `${file.object.slice(0, 8)} ${difference}`);
    }
    for (const row of whole.rows)
      for (const event of row.events) {
        counts.events++;
        const isLeftBehind = whole.mark !== undefined && row.seq <= whole.mark.handed;
        if (witness.personOf(event.id) !== undefined && witness.finds(event.id, isLeftBehind))
          defects.add("stored twice", event.id);
      }
    checkMemory(whole, defects);
    checkConsent(whole, defects);
    checkDelivery(whole, ledger.receipts, model.receipts, living, defects);
  }
  const facts = checkBehaviour(dataDir, model, settled, withdrawn, isPatient, defects);

  const cards = checkCards(readCustomers(dataDir), ledger, settled.size, defects);
  checkLedger(ledger, reported, expected, living, defects);
  checkWitness(witness, people, defects);
  const erased = people.filter((person) => person.erasure === "done");
  const names = erased.flatMap(({ tabs, visitorId }) => [...tabs.map((tab) => tab.name), visitorId]);
  const cleared = [...model.forgotten].filter(([, isCleared]) => isCleared).map(([source]) => source);
  const sought =
    checkBytes(dataDir, names, defects) +
    checkBytes(join(dataDir, "concierge-BehaviourObject"), cleared, defects);
  const checked = { ...counts, cards, numbers: expected.all.size, facts, erased: erased.length, sought };
  return { checked, defects: defects.list() };
}

/** The ledger's numbers, its word on orders, and its memory of the erased. */
function checkLedger(
  ledger: LedgerFile,
  reported: Numbers,
  expected: Numbers,
  living: ReadonlySet<string>,
  defects: Defects,
): void {
  for (const difference of differences(ledger.tallies, reported.all))
    defects.add("the ledger differs from what was reported", difference);
  for (const difference of differences(ledger.tallies, expected.all))
    defects.add("the ledger differs from its recount", difference);
  for (const [key, parties] of ledger.claims)
    for (const party of parties)
      if (!living.has(party))
        defects.add("an order is claimed by somebody who is gone", `${key} ${party.slice(0, 8)}`);
  if (ledger.owed > 0) defects.add("the ledger owes", `${ledger.owed} acts`);
  for (const object of ledger.burials)
    if (living.has(object)) defects.add("erased, and there", object.slice(0, 8));
}
