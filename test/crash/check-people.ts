import type { Defects } from "./defects.ts";
import type { Person } from "./person.ts";
import type { CustomerFile } from "./stored.ts";
import type { Witness } from "./witness.ts";

/** Two browsers of one customer have one name, and what one of them withdraws is withdrawn for both. */
export const nameOf = (person: Person): string => person.customerId ?? `visitor ${person.n}`;

/** Whose events lie in an object. */
export function personsIn(file: CustomerFile, witness: Witness, defects: Defects): number[] {
  const persons = new Set<number>();
  for (const { events } of file.rows)
    for (const { id } of events) {
      const person = witness.personOf(id);
      if (person === undefined) defects.add("stored and never sent", id);
      else persons.add(person);
    }
  return [...persons];
}

/** Only visitors who are the same customer to the shop may lie in one object. */
export function checkMixture(
  file: CustomerFile,
  persons: readonly number[],
  people: readonly Person[],
  defects: Defects,
): void {
  const names = new Set(persons.map((n) => nameOf(people[n]!)));
  if (names.size > 1)
    defects.add("strangers in one object", `${file.object.slice(0, 8)}: ${[...names].join(", ")}`);
}

/** What the clients were told, against what is there. */
export function checkWitness(witness: Witness, people: readonly Person[], defects: Defects): void {
  const withdrawn = new Set(people.filter((person) => person.hasWithdrawn).map(nameOf));
  for (const { id, person, isAcknowledged, isRefused, isStored, isLeftBehind } of witness.all()) {
    const { erasure } = people[person]!;
    const hasWithdrawn = withdrawn.has(nameOf(people[person]!));
    if (erasure === "done" && (isStored || isLeftBehind)) defects.add("erased and stored", id);
    else if (isAcknowledged && !isStored && !hasWithdrawn && erasure === "none")
      defects.add(isLeftBehind ? "lost in a merge" : "acknowledged and lost", id);
    else if (isStored && isRefused && !isAcknowledged) defects.add("refused and stored", id);
  }
}
