import { priceOf, type CatalogItem } from "../catalog/item.ts";
import { withText } from "../catalog/price-text.ts";
import type { PAGE_TYPES } from "../event/event.ts";
import type { ClaimedAssignment } from "../event/resolved.ts";
import { CONTROLS, type PickedItem, type SlotAnswer, type SlotRequest } from "../wire/decide.ts";
import { enrol, slotHoldout, withoutHeldOut, type Enrolled } from "./enrolment.ts";
import { fillSlot } from "./fill-slot.ts";
import type { Forced } from "./force.ts";
import type { Scene } from "./scene.ts";
import { planSlot, rulesFor, type SlotPlan } from "./slot-plan.ts";
import type { Candidate } from "./strategy/strategy.ts";
import { tasteOf } from "./taste.ts";
import { whyOf } from "./why.ts";

export type Question = {
  readonly slots: readonly (SlotRequest & { readonly seedOrdinals?: readonly number[] })[];
  readonly pageType: (typeof PAGE_TYPES)[number] | undefined;
  /** Whom the hash splits: the visitor's or customer's id. Empty without consent: then there is no experiment. */
  readonly unit: string;
  /** Variations to look at. Such an answer may not be counted: the caller signs no token for it. */
  readonly forced?: Forced | undefined;
};

/** A slot's answer and what its token has to say. */
export type Decided = {
  readonly answer: SlotAnswer;
  readonly picks: readonly (readonly [item: string, propensity: number])[];
  readonly assignments: readonly ClaimedAssignment[];
};

/**
 * The answer for every slot of a page. Pure: the same scene and question give the same answer.
 * Order: holdout, assignments, strategies, eligibility, rank, how many, diversity across slots, explanation.
 */
export function decide(scene: Scene, question: Question): Decided[] {
  const { forced } = question;
  const enrolment = enrol(scene, question.unit, forced);
  const taste = tasteOf(scene);
  const takenFamilies = new Set<number>();

  return question.slots.map((asked) => {
    const given = [...enrolment.settled, ...enrolment.experiments].filter(
      ({ slots }) => slots === undefined || slots.has(asked.id),
    );
    // Whoever looks at a variation wants to see it, also where they themselves are held out.
    const isLook = given.some(({ experiment }) => forced?.has(experiment.id));
    if (enrolment.heldOut && !isLook) return withheld(asked.id, enrolment.site);
    const held = slotHoldout(scene, enrolment, asked.id);
    if (held.isHeldOut && !isLook) return withheld(asked.id, [...enrolment.site, ...held.claim]);
    const { rules, claims } = withoutHeldOut(scene, enrolment, rulesFor(scene, asked.id));
    const variations = given.map(({ variation }) => variation);
    const plan = planSlot(scene, asked, question.pageType, rules, variations);
    const picks = plan.isOff
      ? []
      : fillSlot(scene, plan, asked.seedOrdinals ?? defaultSeeds(scene), takenFamilies, taste);
    const enough = picks.length >= Math.max(1, plan.min);
    if (enough) for (const { ordinal } of picks) takenFamilies.add(scene.world.catalog.family[ordinal]!);
    return {
      answer: answerOf(scene, plan, enough ? picks : [], given, forced),
      picks: enough ? picks.map(({ ordinal }) => [scene.world.catalog.items[ordinal]!.id, 1] as const) : [],
      assignments: [
        ...enrolment.site,
        ...held.claim,
        ...claims,
        ...given.flatMap(({ claim }) => (claim ? [claim] : [])),
      ],
    };
  });
}

/** A slot that is left to the shop so that its effect can be measured. */
function withheld(id: string, assignments: readonly ClaimedAssignment[]): Decided {
  const answer: SlotAnswer = {
    id,
    status: "holdout",
    reason: "holdout",
    items: [],
    assignments: [],
    holdout: true,
  };
  return { answer, picks: [], assignments };
}

/** What a slot is about when nobody says: the page's item, else the cart. */
function defaultSeeds(scene: Scene): readonly number[] {
  return scene.current >= 0 ? [scene.current] : scene.cart;
}

function answerOf(
  scene: Scene,
  plan: SlotPlan,
  picks: readonly Candidate[],
  given: readonly Enrolled[],
  forced: Forced | undefined,
): SlotAnswer {
  const personal = scene.view !== undefined;
  const left = plan.isOff ? undefined : scene.view?.content.findLast(({ slot }) => slot === plan.id);
  const [status, reason] = plan.isOff
    ? (["suppressed", "switched_off"] as const)
    : plan.max === 0
      ? (["suppressed", "limited_to_none"] as const)
      : picks.length === 0
        ? (["fallback", "below_min"] as const)
        : personal
          ? (["personalized", "decided"] as const)
          : (["contextual", "no_consent"] as const);
  return {
    id: plan.id,
    status,
    reason,
    ...(plan.title === undefined ? {} : { title: plan.title }),
    items: picks.map((pick, place) => pickedItem(scene, pick, place + 1, personal)),
    ...(left ? { content: { trigger: left.trigger, value: left.content } } : {}),
    assignments: given.map(({ experiment, variation: { id, value } }) => ({
      experiment: experiment.id,
      variation: id,
      ...(value === undefined ? {} : { value }),
      ...(forced?.has(experiment.id) ? { forced: true as const } : {}),
      ...(forced ? { variations: experiment.variations.map((one) => one.id) } : {}),
    })),
    holdout: false,
  };
}

/** What rendering needs of an item, in the asked market and locale. */
export function pickedItem(scene: Scene, pick: Candidate, rank: number, personal: boolean): PickedItem {
  const item: CatalogItem = scene.world.catalog.items[pick.ordinal]!;
  const local = scene.market === undefined ? undefined : item.markets?.[scene.market];
  const price = priceOf(item, scene.market);
  const regular = local?.price ?? item.price;
  const url = local?.url ?? item.url;
  return {
    id: item.id,
    rank,
    title: local?.title ?? item.title,
    ...(url === undefined ? {} : { url }),
    ...(item.image === undefined ? {} : { image: item.image }),
    ...(item.brand === undefined ? {} : { brand: item.brand }),
    ...(price === undefined ? {} : { price: withText(price, scene.locale) }),
    ...(regular && price && regular.minor > price.minor
      ? { regularPrice: withText(regular, scene.locale) }
      : {}),
    why: whyOf(scene.world, pick.ordinal, pick.evidence),
    controls: personal ? CONTROLS : [],
  };
}
