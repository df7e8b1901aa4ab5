import { readShared } from "../../support/shared.ts";
import { scoreVisit } from "../../../src/core/recommend/score/visit.ts";
import type { Dataset, Past, Trial } from "./dataset.ts";

/** Deep enough that what is left out never shortens a list. */
const DEPTH = 100;

type Click = { readonly session: string; readonly item: string; readonly at: number };

function readClicks(path: string): Click[] | undefined {
  const text = readShared(path);
  return text
    ?.split("\n")
    .slice(1)
    .filter(Boolean)
    .map((line) => {
      const [session, item, time] = line.split("\t") as [string, string, string];
      return { session, item, at: Math.round(Number(time) * 1000) };
    });
}

function bySession(clicks: readonly Click[]): Click[][] {
  const sessions = new Map<string, Click[]>();
  for (const click of clicks) {
    const session = sessions.get(click.session);
    if (session) session.push(click);
    else sessions.set(click.session, [click]);
  }
  for (const session of sessions.values()) session.sort((a, b) => a.at - b.at);
  return [...sessions.values()].sort((a, b) => a.at(-1)!.at - b.at(-1)!.at);
}

/**
 * bol's sample with its shipped split: every training session is a visitor; every click of a test session is sent with
 * the decide request that must guess the next one. The item being looked at is never an answer.
 */
export function serenadeSample(): Dataset | undefined {
  const train = readClicks("data/serenade-sample/train.txt.gz");
  const test = readClicks("data/serenade-sample/test.txt.gz");
  if (!train || !test) return undefined;
  const known = new Set(train.map((click) => click.item));
  const view = (click: Click, i: number) => ({
    id: `v-${click.session}-${i}`,
    at: click.at,
    type: "product_viewed",
    item: `i-${click.item}`,
  });
  const past: Past[] = bySession(train).map((session) => ({
    visitorId: `s-${session[0]!.session}`,
    events: session.map(view),
  }));
  const seen = new Map<string, number>();
  for (const click of train) seen.set(`i-${click.item}`, (seen.get(`i-${click.item}`) ?? 0) + 1);
  const trials = bySession(test.filter((click) => known.has(click.item)))
    .filter((session) => session.length > 1)
    .map((session): Trial[] =>
      session.slice(0, -1).map((click, i) => ({
        request: {
          visitorId: `t-${click.session}`,
          page: { type: "product", item: `i-${click.item}` },
          events: [view(click, i)],
        },
        slot: { id: "replay", strategies: ["for_you"], max: 20, min: 0 },
        relevant: new Set([`i-${session[i + 1]!.item}`]),
        given: new Set([`i-${click.item}`]),
      })),
    );
  return {
    name: "serenade-sample",
    catalog: [...known].map((item) => ({ id: `i-${item}`, title: `Item ${item}` })),
    past,
    trials,
    inProcess(snapshot, asked, i) {
      const looked = asked.slice(0, i + 1).map(({ given }) => [...given][0]!);
      const recent = [...new Set(looked.toReversed())].map((item, ageRank) => ({ item, ageRank }));
      return scoreVisit(snapshot, recent, DEPTH)
        .map(({ index }) => snapshot.items[index]!)
        .filter((item) => item !== looked.at(-1))
        .slice(0, 20);
    },
    popular: [...seen].sort((a, b) => b[1] - a[1]).map(([item]) => item),
    notes: [`${train.length} training clicks in ${past.length} sessions.`],
  };
}
