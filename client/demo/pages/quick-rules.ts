import type { ConfigDocument } from "../../../src/core/config/config.ts";

export type Draft = ConfigDocument;
type Rule = NonNullable<Draft["rules"]>[number];
type Quick = readonly [label: string, apply: (draft: Draft) => Draft];

/** Rules made by the buttons carry this, so that they can be taken back without touching anybody's own. */
const MARK = "demo-";
const SLOT = "product-goes-with";

/** The draft with a rule in place of any of its id. */
export const withRule = (draft: Draft, rule: Rule): Draft => ({
  ...draft,
  rules: [...(draft.rules ?? []).filter((each) => each.id !== rule.id), rule],
});

export const withoutRule = (draft: Draft, id: string): Draft => ({
  ...draft,
  rules: (draft.rules ?? []).filter((each) => each.id !== id),
});

export const PIN_TEAPOT: Rule = {
  id: `${MARK}pin-teapot`,
  description: "The teapot leads, whatever the model says.",
  slots: [SLOT],
  then: [{ do: "pin", items: ["teapot-moss-clay"], position: 1 }],
};

/** Id of the item that stands first in the slot beside the editor. */
function firstShown(frame: HTMLIFrameElement): string | undefined {
  const link = frame.contentDocument?.querySelector<HTMLAnchorElement>(
    `[data-concierge-slot="${SLOT}"] a[href*="id="]`,
  );
  return (link && new URL(link.href).searchParams.get("id")) ?? undefined;
}

/** What a marketer may want to try first, each one click. */
export function quickRules(frame: HTMLIFrameElement): readonly Quick[] {
  return [
    ["Pin the teapot first", (draft) => withRule(draft, PIN_TEAPOT)],
    [
      "Hide what stands first",
      (draft) => {
        const first = firstShown(frame);
        if (first === undefined) return draft;
        return withRule(draft, {
          id: `${MARK}hide-${first}`.slice(0, 64),
          description: "Not in this slot.",
          slots: [SLOT],
          then: [{ do: "hide", items: [first] }],
        });
      },
    ],
    [
      "Limit to 2",
      (draft) => withRule(draft, { id: `${MARK}limit-two`, slots: [SLOT], then: [{ do: "limit", max: 2 }] }),
    ],
    [
      "Start an experiment",
      (draft) => ({
        ...draft,
        experiments: [
          ...(draft.experiments ?? []).filter((each) => each.id !== `${MARK}price-band`),
          {
            id: `${MARK}price-band`,
            question: "Does a smaller step up sell more than one of up to twice the price?",
            slots: ["product-better"],
            variations: [{ id: "up-to-double" }, { id: "up-to-half-more", settings: { priceRatioMax: 1.5 } }],
          },
        ],
      }),
    ],
    [
      "Take all of this back",
      (draft) => ({
        ...draft,
        rules: (draft.rules ?? []).filter((each) => !each.id.startsWith(MARK)),
        experiments: (draft.experiments ?? []).filter((each) => !each.id.startsWith(MARK)),
      }),
    ],
  ];
}
