import { seededRng } from "../../../src/core/primitives/rng.ts";
import { clvRangeOf } from "../../../src/core/value/clv-range.ts";
import { fitValue } from "../../../src/core/value/fit-value.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { scoreOf } from "../../../src/core/value/score.ts";
import { CALIBRATED, DAY, HELD_OUT, splitSample, type SplitCustomer } from "../../core/value/cdnow-orders.ts";
import { drawnShop } from "../../core/value/drawn-shop.ts";
import { rounded, timed } from "../value/measure.ts";

/** How many customers brought less than their 80 % interval, and more; and what a score and an interval cost. */
function covered(people: readonly SplitCustomer[], today: number, days: number): Record<string, unknown> {
  const now = today * DAY;
  const model = run(
    fitValue(
      people.map(({ before }) => before),
      { now, version: 1 },
    ),
  )!;
  const terms = { horizonDays: days, discountPerYear: 0 };
  const ranges = people.map(({ before }) => clvRangeOf(before, model, terms, now)!);
  const share = (test: (range: (typeof ranges)[number], minor: number) => boolean) =>
    rounded(
      (100 * people.filter(({ minorAfter }, i) => test(ranges[i]!, minorAfter)).length) / people.length,
      1,
    );
  const open = people.filter((_, i) => ranges[i]!.highMinor > 0);
  const each = (of: readonly SplitCustomer[], work: (one: SplitCustomer) => unknown) => {
    for (let warm = 0; warm < 4; warm++) of.forEach(work);
    return rounded((timed(() => of.forEach(work)).ms * 1_000) / of.length, 1);
  };
  return {
    customers: people.length,
    belowPercent: share(({ lowMinor }, minor) => minor < lowMinor),
    abovePercent: share(({ highMinor }, minor) => minor > highMinor),
    atNothingPercent: share(({ highMinor }) => highMinor === 0),
    scoreMicroseconds: each(people, ({ before }) => scoreOf(before, model, terms, now)),
    rangeMicroseconds: each(open, ({ before }) => clvRangeOf(before, model, terms, now)),
    rangeOfFrequentMicroseconds: each(
      people.filter(({ before }) => before.repeats > 6),
      ({ before }) => clvRangeOf(before, model, terms, now),
    ),
  };
}

/** Intervals of CLV against what came: in a shop as the models assume, and on CDNOW. */
export function rangeFigures(): Record<string, unknown> {
  const drawn = [...drawnShop(20_000, seededRng("range"), { today: 20_000, daysAfter: 365 })];
  const sample = splitSample();
  return {
    drawn: covered(drawn, 20_000, 365),
    ...(sample ? { cdnow: covered(sample, CALIBRATED, HELD_OUT - CALIBRATED) } : {}),
  };
}
