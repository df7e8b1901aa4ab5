import type { TriggerOn } from "../../config/trigger-config.ts";
import { attributeReader } from "../../segment/attribute-path.ts";
import type { Scene, Watcher } from "../watcher.ts";
import { NOTHING } from "../watcher.ts";
import { dateIn, returnsAround, yearlyDate, type YearlyDate } from "../yearly-date.ts";

/**
 * A day comes back: of the first order, of the registration, or one that a trait states. It begins at midnight on the
 * customer's clock, so many days before. Each year is one occasion, even if the date is corrected within it.
 */
export function watchAnniversary(on: TriggerOn & { when: "anniversary" }): Watcher {
  const dateOf = dateReader(on.of);
  return {
    look(scene) {
      const date = dateOf(scene);
      if (!date) return NOTHING;
      const returns = returnsAround(date, on.daysBefore, scene.zone, scene.now);
      return {
        occasions: returns
          .filter(({ at }) => at <= scene.now)
          .map(({ year, at }) => ({
            name: String(year),
            at,
            // How old somebody gets is told to nobody.
            data: { year, ...(typeof on.of === "string" && date.year ? { years: year - date.year } : {}) },
          })),
        nextAt: returns.find(({ at }) => at > scene.now)?.at,
      };
    },
    holds(waiting, scene) {
      const date = dateOf(scene);
      // By the moment it was found at: meanwhile another year may have begun.
      const returns = date ? returnsAround(date, on.daysBefore, scene.zone, waiting.at) : [];
      return returns.some(({ year, at }) => year === waiting.data["year"] && at <= scene.now);
    },
  };
}

function dateReader(
  of: (TriggerOn & { when: "anniversary" })["of"],
): (scene: Scene) => YearlyDate | undefined {
  if (typeof of === "object") {
    const read = attributeReader("traits");
    return (scene) => {
      const traits = read(scene.attributes());
      if (typeof traits !== "object" || traits === null || !Object.hasOwn(traits, of.trait)) return undefined;
      return yearlyDate((traits as Readonly<Record<string, unknown>>)[of.trait]);
    };
  }
  return ({ firstOrderAt, registeredAt, zone }) => {
    const at = of === "first_order" ? firstOrderAt : registeredAt;
    return at === undefined ? undefined : dateIn(zone, at);
  };
}
