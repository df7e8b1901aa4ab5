import { seededRng } from "../../../src/core/primitives/rng.ts";
import { driftOf } from "../../../src/core/value/drift.ts";
import { fitValue } from "../../../src/core/value/fit-value.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { CALIBRATED, DAY, splitSample } from "../../core/value/cdnow-orders.ts";
import { drawnShop } from "../../core/value/drawn-shop.ts";
import { rounded } from "../value/measure.ts";

const SHOPS = 150;
const CUSTOMERS = 1_500;
const TODAY = 20_000;
const DAYS = 28;

/** How often a shop is said to have drifted four weeks after its fit, when it did not, and when everybody changed pace. */
export function driftFigures(): Record<string, unknown> {
  const figures: Record<string, unknown> = { shops: SHOPS, customers: CUSTOMERS, days: DAYS };
  for (const pace of [1, 0.8, 1.25, 0.6, 1.6]) {
    const rng = seededRng(`drift ${pace}`);
    const zs: number[] = [];
    let found = 0;
    for (let shop = 0; shop < SHOPS; shop++) {
      const people = [...drawnShop(CUSTOMERS, rng, { today: TODAY, daysAfter: DAYS, pace })];
      const now = TODAY * DAY;
      const model = run(
        fitValue(
          people.map(({ before }) => before),
          { now, version: 1 },
        ),
      )!;
      const rows = people.map(({ before, ordersAfter }) => ({ before, orders: ordersAfter }));
      const drift = run(driftOf(model, rows, now + DAYS * DAY))!;
      zs.push(drift.z);
      if (drift.hasDrifted) found++;
    }
    const mean = zs.reduce((sum, z) => sum + z, 0) / SHOPS;
    const deviation = Math.sqrt(zs.reduce((sum, z) => sum + (z - mean) ** 2, 0) / (SHOPS - 1));
    figures[`pace${pace}`] = {
      driftedPercent: rounded((100 * found) / SHOPS, 1),
      beyond1_96Percent: rounded((100 * zs.filter((z) => Math.abs(z) > 1.96).length) / SHOPS, 1),
      meanZ: rounded(mean, 2),
      deviationOfZ: rounded(deviation, 2),
    };
    console.log(`pace ${pace}`, figures[`pace${pace}`]);
  }
  return { ...figures, cdnow: ofCdnow() };
}

/** CDNOW's departure by weeks after the calibration period. */
function ofCdnow(): Record<string, unknown> | undefined {
  const known = splitSample();
  if (!known) return undefined;
  const now = CALIBRATED * DAY;
  const model = run(
    fitValue(
      known.map(({ before }) => before),
      { now, version: 1 },
    ),
  )!;
  const told = [2, 4, 8, 13, 26, 39].map((weeks) => {
    const until = CALIBRATED + 7 * weeks;
    const rows = splitSample(until)!.map(({ before, ordersAfter }) => ({ before, orders: ordersAfter }));
    const { z, predicted, actual, hasDrifted } = run(driftOf(model, rows, until * DAY))!;
    return [weeks, { predicted: rounded(predicted, 0), actual, z: rounded(z, 2), hasDrifted }] as const;
  });
  return Object.fromEntries(told);
}
