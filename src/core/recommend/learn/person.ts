import type { EpochMs } from "../../primitives/time.ts";
import { NO_SESSION } from "./session-ring.ts";
import { newStanding, type Standing } from "./standing.ts";

/** What the model remembers of one label to see the next act in context. Items by number, the newest last. */
export type Person = {
  session: number;
  /** Where the running session stands among the recent ones. */
  serial: number;
  /** Different items of the running session, the latest few. */
  items: number[];
  /** How many different items the session had, forgotten ones included. */
  seen: number;
  /** Recently viewed, and when. */
  viewed: number[];
  viewedAt: EpochMs[];
  bought: number[];
  readonly standing: Standing;
};

/**
 * The person behind a label, and their session made current. People stand in order of their last act, so the one idle
 * the longest is the first and goes when there are more than `peopleMax`.
 */
export function personOf(
  people: Map<string, Person>,
  who: string,
  session: number,
  peopleMax: number,
): Person {
  let person = people.get(who);
  if (person) people.delete(who);
  else {
    const standing = newStanding(session);
    person = {
      session,
      serial: NO_SESSION,
      items: [],
      seen: 0,
      viewed: [],
      viewedAt: [],
      bought: [],
      standing,
    };
    if (people.size >= peopleMax) for (const idle of people.keys()) if (people.delete(idle)) break;
  }
  people.set(who, person);
  if (person.session !== session) {
    person.session = session;
    person.serial = NO_SESSION;
    person.items = [];
    person.seen = 0;
  }
  return person;
}

/** Puts an item last in a list without repeats, of at most `max`. */
export function remember(items: number[], item: number, max: number): void {
  const known = items.indexOf(item);
  if (known >= 0) items.splice(known, 1);
  else if (items.length >= max) items.shift();
  items.push(item);
}

/** Notes that a person looked at an item. */
export function rememberView(person: Person, item: number, at: EpochMs, max: number): void {
  const known = person.viewed.indexOf(item);
  if (known >= 0) {
    person.viewed.splice(known, 1);
    person.viewedAt.splice(known, 1);
  } else if (person.viewed.length >= max) {
    person.viewed.shift();
    person.viewedAt.shift();
  }
  person.viewed.push(item);
  person.viewedAt.push(at);
}
