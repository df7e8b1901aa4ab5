import { KINDS, type CanaryPerson } from "./canary-person.ts";
import { statusOf, type CanaryServer } from "./canary-server.ts";
import type { CanaryShop } from "./canary-shop.ts";
import type { EraseReport } from "./erase-report.ts";

/** When an erasure comes: after everything is at rest, before the last act has left, or with a kill on its heels. */
const MOMENTS = ["at rest", "unsent", "racing", "killed"] as const;
type Moment = (typeof MOMENTS)[number];
const KILLS_MAX = 4;

/** Erases everybody at one of the moments each. @returns how many of which */
export async function eraseAll(
  server: CanaryServer,
  shop: CanaryShop,
  gone: readonly CanaryPerson[],
): Promise<string> {
  const counts = new Map<string, number>();
  let kills = 0;
  for (const [i, person] of gone.entries()) {
    let moment: Moment = MOMENTS[Math.floor(i / KINDS.length) % MOMENTS.length]!;
    if (moment === "killed" && kills >= KILLS_MAX) moment = "unsent";
    if (moment === "unsent" || moment === "killed") await shop.lastAct(person);
    const racing = moment === "racing" ? shop.lastAct(person) : undefined;
    const cookies = [...person.cookies];
    await shop.erase(person);
    await racing;
    // Whoever kept a copy of them tries with it later.
    for (const [cookie, value] of cookies) person.cookies.set(cookie, value);
    if (moment === "killed") {
      kills++;
      await server.stop("SIGKILL");
      await server.start();
    }
    const name = `${person.kind} ${moment}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
}

/** Every letter about the erased once more, to the letter, and one from another tab. None of it may be taken. */
export async function sendAgain(
  server: CanaryServer,
  shop: CanaryShop,
  gone: readonly CanaryPerson[],
  report: EraseReport,
): Promise<number> {
  let sent = 0;
  await inHands(gone, async (person) => {
    const acts = [
      ...person.letters.map((letter) => () => server.send(letter, person)),
      () => shop.lastAct(person),
    ];
    for (const act of acts) {
      const { body } = await act();
      sent++;
      for (const event of body.events ?? [])
        if (statusOf(event) !== "rejected")
          report.find(`an event of an erased ${person.kind} was ${statusOf(event)}`, "sending again");
    }
  });
  return sent;
}

const HANDS = 4;
/** Works on all, a few at a time. */
export async function inHands<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const queue = all.values();
  await Promise.all(
    Array.from({ length: HANDS }, async () => {
      for (const one of queue) await work(one);
    }),
  );
}
