// Written by test/sdk/write-wire.ts from the Worker's own source. Not to be edited.

/** A body that is no JSON value of ours: a file's text, or bytes. */
export type TextBody = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;

export type NoParameters = Readonly<Record<never, never>>;

export type ActingRule = {
  readonly rule: string;
  /** Its actions, in its order. */
  readonly does: readonly string[];
  /** Whether the slot would show something else without it; `null`: too many rules hold for each to be tried. */
  readonly acts: null | boolean;
};

export type Analytics = {
  readonly granted: boolean;
  readonly at: number;
  /** Who told us. */
  readonly source: string;
  /** After this moment a yes is unknown again, and unknown is no. */
  readonly expiresAt: number;
  readonly policyVersion: string;
  /** The legal basis, where it is not the customer's own word. */
  readonly basis?: string;
  readonly holds: boolean;
};

export type Analytics2 = {
  readonly basis: "consent" | "contract" | "legal_obligation" | "legitimate_interest";
  /** Where it can be looked up. */
  readonly source: string;
  /** The wording that was agreed to. */
  readonly policyVersion: string;
  /** When the customer agreed. Counts for `consent` only: an older yes never overrules a newer no. */
  readonly at?: number;
};

export type Assignment = {
  readonly experiment: string;
  readonly variation: string;
  /** What the variation hands to the page, where it does. */
  readonly value?: unknown;
  /** It was asked for, not drawn. */
  readonly forced?: true;
  /** All there are, the control first; told to whoever asks with `force`. */
  readonly variations?: readonly string[];
};

export type AudienceRequest = {
  readonly platform: "google" | "meta";
  /** Tells everybody again: the platform's list was begun anew. */
  readonly anew?: boolean;
  readonly after?: string;
};

export type BanditDraw = {
  readonly leafId: number;
  readonly variationWeights?: readonly number[];
  readonly banditVersion?: number;
};

export type BanditFigure = {
  /** Customers of the arm. */
  readonly users: number;
  readonly mean: number;
  /** Half the interval's width in standard normal units. */
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly variation: string;
  /** Share of new visitors it gets now. */
  readonly share: number;
};

export type Bases = {
  readonly analytics?: Analytics2;
  readonly clienteling?: Analytics2;
  readonly life_events?: Analytics2;
  readonly marketing?: Analytics2;
  readonly personalization?: Analytics2;
  readonly transaction?: Analytics2;
};

export type Before = {
  readonly status: SlotStatus;
  /** Why the slot's answer came out so. */
  readonly reason: string;
  readonly title: null | string;
  readonly rules: readonly ActingRule[];
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly why: Why;
    readonly price: null | string;
  }[];
};

export type Before2 =
  | Withheld
  | {
      /** Customers of whom it is known what they looked at. */
      readonly best: number;
      readonly others: number;
      /** Those that the best look at more come first. */
      readonly types: readonly LookedAt[];
      /** Types that too few looked at. */
      readonly typesWithheld: number;
    };

export type BucketRange = readonly [number, number];

export type Caused =
  | {
      readonly isKnown: true;
      /** Everybody in the arm, also who bought nothing: whether somebody buys at all is part of the effect. */
      readonly personalized: number;
      readonly heldOut: number;
      /** Revenue so far and expected value together, per person: personalized less held out. */
      readonly perPerson: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly low: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly high: {
        readonly minor: number;
        readonly currency: string;
      };
      /** The same for all who are personalized. */
      readonly total: {
        readonly value: {
          readonly minor: number;
          readonly currency: string;
        };
        readonly low: {
          readonly minor: number;
          readonly currency: string;
        };
        readonly high: {
          readonly minor: number;
          readonly currency: string;
        };
      };
      readonly p: number;
      readonly sentence: string;
    }
  | {
      readonly isKnown: false;
      readonly sentence: string;
    };

export type Clientele = {
  /** Whole days whose first orders were counted, and how many there were. */
  readonly days: number;
  readonly newCustomers: number;
  readonly horizonDays: number;
  /** New customers expected within the horizon; the interval is that of a Poisson count. */
  readonly expected: {
    readonly customers: number;
    readonly low: number;
    readonly high: number;
  };
  /** Per new customer: what the first order leaves, and the expected value of all that follows it. */
  readonly firstOrder: {
    readonly minor: number;
    readonly currency: string;
  };
  readonly later: null | {
    readonly minor: number;
    readonly currency: string;
  };
  /** Mean cost of winning one; `null`: not known. */
  readonly cost: null | {
    readonly minor: number;
    readonly currency: string;
  };
  /** Expected customers × (first order + later − cost); `null` where a part of it is not known. */
  readonly value: null | {
    readonly minor: number;
    readonly currency: string;
  };
  readonly sentence: string;
};

export type ClvRange = {
  readonly lowMinor: number;
  readonly highMinor: number;
  readonly level: number;
};

export type Cohort =
  | {
      readonly firstMonth: string;
      readonly customers: number;
      readonly months: readonly CohortMonth[];
    }
  | {
      readonly firstMonth: string;
      readonly withheld: true;
    };

export type CohortMonth = {
  /** Months after that of the first order: 0 is that month itself. */
  readonly month: number;
  /** Share of the cohort that ordered in a later month than the first, up to this one; `null` for month 0. */
  readonly returnedShare: null | number | Withheld;
  /** Net revenue per customer of the cohort, from the first month to the end of this one. */
  readonly valuePerCustomer:
    | Withheld
    | {
        readonly minor: number;
        readonly currency: string;
      };
  /** Whether the month is not over. */
  readonly isRunning: boolean;
};

export type Cohorts = {
  readonly currencies: readonly {
    readonly currency: string;
    readonly cohorts: readonly Cohort[];
  }[];
};

export type CommitRequest = {
  /** Commits the right rows although others are wrong. */
  readonly acceptInvalid?: boolean;
};

export type CompareRequest = {
  /** The config that might be published. */
  readonly config: unknown;
  readonly slots: readonly string[];
  readonly page?: Page2;
  readonly cart?: readonly string[];
  readonly market?: string;
  /** Somebody invented; absent, and no customer named: a visitor of whom nothing is known. */
  readonly persona?: Persona;
  /** A real customer who granted personalization and clienteling. Owners only; it is written into the audit log. */
  readonly customer?: string;
};

export type Comparisons = {
  readonly variation: string;
  readonly metric: MetricName;
  readonly control: null | number;
  readonly treatment: null | number;
  /** Treatment less control, in the metric's own unit; `null` where nothing can be told yet. */
  readonly difference: null | number;
  readonly standardError: null | number;
  /** Holds the true difference at every look at once. */
  readonly low: null | number;
  readonly high: null | number;
  readonly relative: null | {
    readonly estimate: number;
    readonly low: null | number;
    readonly high: null | number;
  };
  /** Against "no difference", right at every look; `null` at looks of a plan, where a boundary is met or not. */
  readonly p: null | number;
  /** `planned`: at a look of a plan. `anytime`: looked at whenever one likes. `none`: too little to tell. */
  readonly method: "anytime" | "none" | "planned";
  readonly finding: "better" | "unclear" | "worse";
  /** Why nothing can be told, as the end of a sentence. */
  readonly shortage: null | string;
  /** Share of the noise that what customers spent before explains, and that was taken out. */
  readonly explained: number;
  /** Bayesian, with nothing believed beforehand: how probable it is that the variation is better. For weighing what is not decided yet; it promises nothing about how often one errs who stops at the first high one. */
  readonly chance: null | number;
};

export type Concentration = {
  /** Share of customers meant. */
  readonly bestShare: number;
  readonly customers: number;
  /** What share of all value these hold; `null` where there is none. */
  readonly valueShare: null | number;
};

export type Condition = {
  readonly [name: string]: unknown;
};

export type Config = {
  readonly $schema?: string;
  readonly slots?: {
    readonly [name: string]: {
      readonly title?: string;
      /** Where the slot is asked for; lint and the defaults use it. */
      readonly page?:
        | "account"
        | "cart"
        | "category"
        | "checkout"
        | "content"
        | "home"
        | "order"
        | "other"
        | "product"
        | "search";
      /** Tried in order until `max` items are found. */
      readonly strategies?: readonly StrategiesName[];
      /** Named settings to start from; `settings` outrank them. */
      readonly preset?: "bestsellers" | "long_tail";
      readonly settings?: Settings;
      readonly max?: number;
      /** Below this many items the shop's own fallback stays. */
      readonly min?: number;
      /** Whether the item being looked at may be shown again. */
      readonly repeatCurrent?: boolean;
      /** Only items of these product types (path prefixes). */
      readonly types?: readonly string[];
      /** Share of visitors who never get this slot filled, so that what it earns can be told. */
      readonly holdout?: number;
    };
  };
  readonly rules?: readonly {
    readonly id: string;
    readonly description?: string;
    readonly enabled?: boolean;
    readonly slots?: readonly string[];
    readonly when?: Condition;
    readonly from?: string | number;
    readonly until?: string | number;
    /** The rule reads what this purpose covers; without the grant it does not run. */
    readonly purpose?:
      | "analytics"
      | "clienteling"
      | "life_events"
      | "marketing"
      | "personalization"
      | "transaction";
    /** Share of visitors to whom the rule never applies, so that what it earns can be told. */
    readonly holdout?: number;
    readonly then: readonly Then[];
  }[];
  readonly segments?: {
    readonly [name: string]: Segments;
  };
  readonly experiments?: readonly {
    /** A flag that the variations' values answer: see `docs/guide/flags.md`. */
    readonly flag?: string;
    readonly from?: string | number;
    readonly until?: string | number;
    /** Of a stopped experiment: the variation that everybody gets from now on. Nobody is counted for it. */
    readonly winner?: string;
    /** From each moment on, the share of those who match that takes part; raising it moves nobody. */
    readonly ramp?: readonly {
      readonly at: string | number;
      readonly coverage: number;
    }[];
    /** Experiments with stretches of one namespace that do not overlap never share a visitor. */
    readonly namespace?: {
      readonly name: string;
      readonly from: number;
      readonly to: number;
    };
    /** Only visitors who are in one of these variations of experiments that stand before this one. */
    readonly requires?: readonly {
      readonly experiment: string;
      readonly variations: readonly string[];
    }[];
    /** Raise it when shares change while it runs: everybody is drawn anew and counted from nothing. */
    readonly version?: number;
    readonly goals?: readonly {
      readonly metric: MetricName;
      /** Not what is to be won, but what must not be lost on the way. */
      readonly guardrail?: boolean;
    }[];
    /** No visitor counts with more than this, in minor units: a single giant order decides nothing. */
    readonly cap?: number;
    readonly plan?: {
      /** Visitors in all variations together at which it ends. `POST /v1/experiments/plan` says how many are needed. */
      readonly visitors: number;
      /** Looks at most, evenly apart. */
      readonly looks?: number;
      /** `obrien_fleming` keeps nearly all power for the end; `pocock` stops large effects sooner. */
      readonly spending?: "obrien_fleming" | "pocock";
    };
    readonly bandit?: {
      readonly goal?: "click_rate" | "conversion" | "margin" | "revenue";
      /** `thompson` earns while it learns; `top_two` finds the best variation sooner. */
      readonly policy?: "thompson" | "top_two";
      /** No variation gets less than this; it shrinks as more is known. */
      readonly floor?: number;
      /** Kinds of visitors that are learned about on their own; the first that matches. */
      readonly contexts?: readonly {
        readonly id: string;
        readonly when: Condition;
      }[];
    };
    readonly policy?: {
      /** Stop a variation that loses. */
      readonly stop?: "auto" | "never" | "propose";
      /** Give everybody the variation that wins. */
      readonly promote?: "auto" | "never" | "propose";
      /** Not before so many days, and so many visitors a variation. */
      readonly daysMin?: number;
      readonly visitorsMin?: number;
    };
    readonly id: string;
    readonly question?: string;
    readonly status?: "draft" | "running" | "stopped";
    readonly slots?: readonly string[];
    readonly when?: Condition;
    /** Share of those who match that takes part at all. */
    readonly coverage?: number;
    /** Hash seed; absent: the id. Change it to shuffle everyone anew. */
    readonly seed?: string;
    readonly variations: readonly {
      readonly id: string;
      readonly title?: string;
      readonly weight?: number;
      readonly strategies?: readonly StrategiesName[];
      readonly settings?: Settings;
      readonly max?: number;
      /** The slot shows nothing of ours: the shop's own content stays. */
      readonly off?: boolean;
      /** Handed to the page as it is: a wording, a layout, any JSON. Also what the experiment's `flag` answers. */
      readonly value?: unknown;
      readonly rules?: readonly {
        readonly id: string;
        readonly description?: string;
        readonly then: readonly Then[];
      }[];
    }[];
    /** How long after it was seen an order counts. */
    readonly windowDays?: number;
  }[];
  /** Flags that any OpenFeature or GrowthBook SDK can ask for, by key. */
  readonly features?: {
    readonly [name: string]: {
      /** The answer when no rule applies. */
      readonly defaultValue?: unknown;
      /** Tried in order; the first that applies answers. */
      readonly rules?: readonly {
        readonly id?: string;
        readonly condition?: Condition;
        readonly parentConditions?: readonly {
          readonly id: string;
          readonly condition: Condition;
          readonly gate?: boolean;
        }[];
        readonly force?: unknown;
        readonly variations?: readonly unknown[];
        readonly weights?: readonly number[];
        readonly key?: string;
        readonly name?: string;
        readonly phase?: string;
        readonly seed?: string;
        readonly hashAttribute?: string;
        readonly fallbackAttribute?: string;
        readonly hashVersion?: 1 | 2;
        readonly disableStickyBucketing?: boolean;
        readonly bucketVersion?: number;
        readonly minBucketVersion?: number;
        readonly coverage?: number;
        readonly range?: readonly [number, number];
        readonly ranges?: readonly (readonly [number, number])[];
        readonly namespace?: readonly [string, number, number];
        readonly filters?: readonly {
          readonly seed: string;
          readonly ranges: readonly (readonly [number, number])[];
          readonly hashVersion?: 1 | 2;
          readonly attribute?: string;
        }[];
        readonly meta?: readonly {
          readonly key?: string;
          readonly name?: string;
          readonly passthrough?: boolean;
        }[];
      }[];
      /** No rule is tried; OpenFeature SDKs fall back to the program's own value. */
      readonly disabled?: boolean;
      /** Names of values, which OpenFeature calls variants. */
      readonly variants?: {
        readonly [name: string]: unknown;
      };
      readonly metadata?: {
        readonly [name: string]: string | number | boolean;
      };
    };
  };
  /** Share of visitors never personalized at all, so that the whole effect can be told in money. */
  readonly holdout?: {
    readonly share?: number;
    readonly seed?: string;
  };
  readonly consent?: {
    readonly policyVersion?: string;
    readonly grantDays?: number;
    /** Which of another consent tool's categories stand for our purposes. */
    readonly categories?: {
      readonly [name: string]: readonly (
        | "analytics"
        | "clienteling"
        | "life_events"
        | "marketing"
        | "personalization"
        | "transaction"
      )[];
    };
  };
  readonly limits?: {
    /** Calls to customers' objects a day, beyond which pages get answers for nobody in particular. `null`: no ceiling. */
    readonly objectCallsPerDayMax?: null | number;
  };
  /** For sites that outgrow one object. May be raised at any time; lowering it changes nothing. */
  readonly scale?: {
    /** Objects that the sums of the reports are spread over. One takes a few hundred active customers a second. */
    readonly ledgerShards?: 1 | 2 | 4 | 8 | 16;
  };
  /** How long what is kept, in days. Behaviour and orders go with their age; everything goes after so long without an event. */
  readonly retention?: {
    readonly behaviourDays?: number;
    readonly orderDays?: number;
    readonly idleVisitorDays?: number;
    readonly idleCustomerDays?: number;
  };
  readonly model?: {
    readonly minCustomers?: number;
    /** `small` takes a third of the memory and forgoes whole visits like the running one. */
    readonly profile?: "full" | "small";
    /** Whether acts count by where they come from. Off only for replaying published data. */
    readonly guarded?: boolean;
  };
  /** At the right moment, for whom it is right, once: do that. */
  readonly triggers?: readonly {
    readonly id: string;
    readonly title?: string;
    readonly enabled?: boolean;
    readonly on:
      | {
          readonly event: EventName;
          readonly where?: {
            readonly [name: string]: unknown;
          };
          readonly when: "event";
        }
      | {
          readonly when: "sequence";
          readonly steps: readonly Steps[];
          readonly withinMinutes: number;
        }
      | {
          readonly when: "absence";
          readonly after: Steps;
          readonly without: Steps;
          readonly minutes: number;
        }
      | {
          readonly when: "cart_abandoned";
          readonly minutes: number;
        }
      | {
          readonly interest?: readonly ("carted" | "viewed" | "wished")[];
          readonly days?: number;
          readonly when: "price_drop";
          /** Share of the price by which it must have fallen at once. */
          readonly atLeast?: number;
        }
      | {
          readonly interest?: readonly ("carted" | "viewed" | "wished")[];
          readonly days?: number;
          readonly when: "back_in_stock";
        }
      | {
          readonly when: "replenishment_due";
          readonly daysBefore?: number;
        }
      | {
          readonly when: "first_purchase_in";
          readonly where: Condition;
        }
      | {
          readonly when: "anniversary";
          readonly of:
            | "first_order"
            | "registration"
            | {
                readonly trait: string;
              };
          readonly daysBefore?: number;
        }
      | {
          readonly when: "segment_entered";
          readonly segment: string;
        }
      | {
          readonly when: "segment_left";
          readonly segment: string;
        }
      | {
          readonly when: "life_event";
          readonly kind: string;
          /** How sure it must be: 1 only where it was told. */
          readonly confidence?: number;
        };
    /** How long after its occasion it fires. */
    readonly delayMinutes?: number;
    /** Once in a customer's life. */
    readonly once?: boolean;
    /** How long after firing it does not fire again. */
    readonly coolDownDays?: number;
    /** In these hours of the customer's own clock it waits for their end. */
    readonly quietHours?: {
      readonly from: string;
      readonly until: string;
    };
    readonly audience?: Condition;
    /** What the customer must have granted when it fires. */
    readonly purpose?:
      | "analytics"
      | "clienteling"
      | "life_events"
      | "marketing"
      | "personalization"
      | "transaction";
    readonly then: readonly (
      | {
          readonly do: "webhook";
          readonly name: string;
          readonly slot?: string;
          readonly content?: null | string | number | JsonObject | readonly JsonValue[] | boolean;
        }
      | {
          readonly do: "content";
          readonly slot: string;
          readonly content: JsonValue;
          readonly days: number;
        }
      | {
          readonly do: "trait";
          readonly name: string;
          readonly value: null | string | number | boolean;
        }
    )[];
  }[];
  /** The shop's own time zone: stands in for a customer's that is not known. */
  readonly timeZone?: string;
  /** What answers to questions and stated traits say of a customer's preferences. */
  readonly questions?: {
    readonly [name: string]: {
      readonly [name: string]: {
        readonly states: string;
        /** What the choices stand for. Absent: each for itself. Choices that are not here state nothing. */
        readonly values?: {
          readonly [name: string]:
            | null
            | string
            | number
            | readonly (string | number | boolean)[]
            | {
                readonly min?: number;
                readonly max?: number;
                readonly currency?: string;
              }
            | boolean;
        };
      };
    };
  };
  /** Moments in a customer's life: what may be told, and what may be concluded. */
  readonly lifeEvents?: {
    /** Whether confidence may be drawn from what people do. Off until the owner says so; each customer must agree as well. */
    readonly infer?: boolean;
    readonly kinds?: {
      readonly [name: string]: {
        readonly title?: string;
        /** Without signs it is only ever told. */
        readonly signs?: readonly {
          readonly event: "bought" | "product_added" | "product_viewed";
          /** Which items, by their own fields. */
          readonly where: Condition;
          /** How strongly it speaks, as a natural logarithm: 1 makes the event 2.7 times as likely as before, 2 makes it 7 times, 3 makes it 20 times. */
          readonly weight: number;
        }[];
        /** After so many days an act speaks half as strongly. */
        readonly halfLifeDays?: number;
        /** Confidence below which nothing is said. Above one half: no single product type reaches that. */
        readonly threshold?: number;
        /** Share of customers in the middle of it at any time: what is believed before anything is seen. */
        readonly priorShare?: number;
        /** Only ever told, never concluded. Some kinds are sensitive by nature and stay so. */
        readonly sensitive?: boolean;
        /** It comes back every year: only its day and month are kept. */
        readonly yearly?: boolean;
        /** How long before its day it matters, and how long after; in days. */
        readonly leadDays?: number;
        readonly lastsDays?: number;
      };
    };
  };
  /** How ad platforms are told of a segment's customers. */
  readonly audiences?: {
    /** Traits that hold an e-mail address and a telephone number. */
    readonly emailTrait?: string;
    readonly phoneTrait?: string;
    /** Country calling code of telephone numbers that have none. */
    readonly callingCode?: string;
  };
  /** How customers are valued. */
  readonly value?: {
    /** How far ahead orders are predicted and valued, in days. */
    readonly horizonDays?: number;
    /** What a year's wait costs, as a share. */
    readonly discountPerYear?: number;
    /** What winning one new customer costs, in the shop's currency: overall, and by where they come from. */
    readonly acquisitionCost?: number;
    readonly acquisitionCosts?: {
      readonly [name: string]: number;
    };
  };
  /** Where the catalog can be fetched from, and how often. */
  readonly feed?: {
    readonly url: string;
    readonly everyMinutes?: number;
  };
  /** Product types that may never be learned from or recommended by behaviour (path prefixes). */
  readonly sensitiveTypes?: readonly string[];
};

export type Consent = {
  readonly applied: readonly (
    | "analytics"
    | "clienteling"
    | "life_events"
    | "marketing"
    | "personalization"
    | "transaction"
  )[];
  readonly withheld: readonly (
    | "analytics"
    | "clienteling"
    | "life_events"
    | "marketing"
    | "personalization"
    | "transaction"
  )[];
};

export type ConsentMode = {
  readonly ad_personalization?: null | string | number | boolean;
  readonly ad_storage?: null | string | number | boolean;
  readonly ad_user_data?: null | string | number | boolean;
  readonly analytics_storage?: null | string | number | boolean;
  readonly functionality_storage?: null | string | number | boolean;
  readonly personalization_storage?: null | string | number | boolean;
  readonly security_storage?: null | string | number | boolean;
};

export type ConsentShares = {
  readonly people: number | Withheld;
  readonly purposes: readonly {
    readonly purpose: string;
    readonly people: number | Withheld;
  }[];
};

export type Counts = {
  readonly rows: number;
  readonly valid: number;
  readonly invalid: number;
  /** Rows that say nothing to keep, such as orders that were never completed. */
  readonly skipped: number;
  readonly duplicatesInFile: number;
  /** What the valid rows make: orders where lines were put together. */
  readonly entries: number;
  readonly events: number;
  readonly persons: number;
};

export type CurrencyEquity = {
  readonly currency: string;
  readonly total: ValueFigures;
  /** How the customers first came; parts of the total. */
  readonly bySource: readonly (
    | {
        readonly source: string;
        readonly customers: number;
        /** Customers without a score; their value is not in the sum. */
        readonly unscored: number | Withheld;
        /** The sum of CLV over customers; `null` where nobody has a score. */
        readonly clv: null | {
          readonly minor: number;
          readonly currency: string;
        };
        /** Where the sum of what these customers will in fact bring lies, at the level asked for. */
        readonly interval: Interval;
        /** What they brought so far, net of returns. */
        readonly revenue: {
          readonly minor: number;
          readonly currency: string;
        };
      }
    | {
        readonly source: string;
        readonly withheld: true;
      }
  )[];
  /** Segments overlap: they do not add up to the total. */
  readonly bySegment: readonly (
    | {
        readonly segment: string;
        readonly customers: number;
        /** Customers without a score; their value is not in the sum. */
        readonly unscored: number | Withheld;
        /** The sum of CLV over customers; `null` where nobody has a score. */
        readonly clv: null | {
          readonly minor: number;
          readonly currency: string;
        };
        /** Where the sum of what these customers will in fact bring lies, at the level asked for. */
        readonly interval: Interval;
        /** What they brought so far, net of returns. */
        readonly revenue: {
          readonly minor: number;
          readonly currency: string;
        };
      }
    | {
        readonly segment: string;
        readonly withheld: true;
      }
  )[];
  readonly rankedBy: RankedBy;
  /** What the best tenth and the best fifth hold. */
  readonly concentration: readonly (
    | Concentration
    | {
        /** Share of customers meant. */
        readonly bestShare: number;
        readonly withheld: true;
      }
  )[];
  readonly potential: Clientele | Withheld;
  readonly causedByPersonalization: Caused;
};

export type Days = {
  /** The day at whose end `closing` was. */
  readonly day: number;
  /** Days since `opening`. */
  readonly days: number;
  readonly opening: {
    readonly minor: number;
    readonly currency: string;
  };
  readonly closing: {
    readonly minor: number;
    readonly currency: string;
  };
  readonly revalued:
    | {
        readonly minor: number;
        readonly currency: string;
      }
    | {
        readonly withheld: true;
      };
  /** What is left: customers who were expected and did not come, and the time that passed. Mostly below 0. */
  readonly faded:
    | {
        readonly minor: number;
        readonly currency: string;
      }
    | {
        readonly withheld: true;
      };
  readonly acquired:
    | {
        readonly minor: number;
        readonly currency: string;
      }
    | {
        readonly withheld: true;
      };
  readonly grown:
    | {
        readonly minor: number;
        readonly currency: string;
      }
    | {
        readonly withheld: true;
      };
  readonly left:
    | {
        readonly minor: number;
        readonly currency: string;
      }
    | {
        readonly withheld: true;
      };
  readonly returned:
    | {
        readonly minor: number;
        readonly currency: string;
      }
    | {
        readonly withheld: true;
      };
  readonly shrunk:
    | {
        readonly minor: number;
        readonly currency: string;
      }
    | {
        readonly withheld: true;
      };
};

export type DecideAnswer = {
  readonly decisionId: string;
  readonly configRevision: number;
  readonly slots: readonly SlotAnswer[];
  readonly consent: Consent;
  /** Why the answer is for nobody in particular, where that was not the page's choice. */
  readonly degraded?: string;
  /** Present when one was minted in this call: keep it and send it from now on. */
  readonly visitorId?: string;
  /** What became of the events sent along, in their order. */
  readonly events?: readonly EventAnswer[];
};

export type DecideRequest = {
  /** Public write key; servers use `Authorization: Bearer` instead. */
  readonly key?: string;
  readonly visitorId?: string;
  /** What a browser calls itself until an answer brings its `visitorId`: all its tabs, and whatever is sent again, then become one visitor. Twelve digits and small letters that begin with the time, as the part of an event's id before the dash. */
  readonly newcomer?: string;
  /** Only with a server key. */
  readonly customerId?: string;
  /** A token by which the shop's server says who this is: makes a visitor a known customer. */
  readonly identity?: string;
  readonly consent?: {
    readonly [name: string]: unknown;
  };
  /** What other consent tools on the page say: IAB TCF and GPP strings, Google Consent Mode, Shopify, GPC. */
  readonly signals?: Signals;
  readonly sentAt?: unknown;
  readonly page?: Page3;
  readonly market?: string;
  readonly locale?: string;
  readonly device?: "desktop" | "other" | "phone" | "tablet";
  readonly cart?: readonly Lines[];
  /** Never show these, for whatever reason the page has. */
  readonly exclude?: readonly Item[];
  /** Applied first, in the same turn: the decision already knows them. */
  readonly events?: readonly ShopEvent[];
  /** A preview link's id: the draft's config and persona instead of the live ones. */
  readonly draft?: string;
  readonly slots: readonly {
    readonly id: string;
    /** Overrides the config's chain; for servers and previews. */
    readonly strategies?: readonly StrategiesName[];
    /** What the slot is about. Absent: the page's item, then the cart. */
    readonly seeds?: null | readonly Item[];
    readonly max?: number;
    readonly min?: number;
  }[];
  readonly force?: {
    readonly [name: string]: string;
  };
};

export type DeliveryState = "parked" | "waiting";

export type Done = {
  /** Occasions on which it could be told: the catalog says of an item there whether it is so. */
  readonly occasions: number;
  /** Mean share of an occasion's items that are as they say, in [0, 1]. `undefined` without an occasion. */
  readonly share?: number;
  /** The true share is between these with 95 % confidence, however few the occasions and however often one looks. */
  readonly low: number;
  readonly high: number;
};

export type DraftRequest = {
  readonly config: unknown;
  readonly persona?: {
    readonly viewed?: readonly string[];
    readonly cart?: readonly string[];
    readonly traits?: {
      readonly [name: string]: string | number | boolean;
    };
  };
  readonly hours?: number;
};

export type EndpointRequest = {
  readonly url: string;
  readonly types: readonly TypesName[];
  /** What the receiver does with what it is told. Notices that need another purpose are not sent to it. */
  readonly purpose:
    | "analytics"
    | "clienteling"
    | "life_events"
    | "marketing"
    | "personalization"
    | "transaction";
  readonly enabled?: boolean;
};

export type Equity = {
  readonly horizonDays: number;
  readonly level: number;
  /** Never added up over currencies. Where fewer than 5 customers have one, only its name is told. */
  readonly currencies: readonly (
    | CurrencyEquity
    | {
        readonly currency: string;
        readonly withheld: true;
      }
  )[];
};

export type ErasureReceipt = {
  readonly receipt: string;
  readonly erasedAt: string;
  /** The person's own object: no byte left in any file from this moment on. */
  readonly ownData: "erased";
  /** Logs shared with others are rewritten without the person by then. */
  readonly sharedLogsClearedBy: string;
  /** The platform's own recovery copy ages out by then; erasures are applied again before any restored copy serves. */
  readonly platformRecoveryUntil: string;
};

export type ErasuresRequest = {
  readonly erasures: readonly {
    readonly object: string;
    readonly at: number;
    readonly receipt: string;
    readonly returnedAt: null | number;
  }[];
};

export type Estimate = {
  readonly value: number;
  readonly low: number;
  readonly high: number;
};

export type EventAnswer =
  | {
      readonly id?: string;
      readonly status: "accepted" | "duplicate";
      /** What an accepted event would also have served, had it been granted. */
      readonly withheld?: readonly (
        | "analytics"
        | "clienteling"
        | "life_events"
        | "marketing"
        | "personalization"
        | "transaction"
      )[];
    }
  | {
      readonly id?: string;
      readonly status: "rejected";
      readonly code: string;
      readonly detail: string;
      readonly pointer?: string;
    };

export type EventName =
  | "bought"
  | "cart_viewed"
  | "checkout_started"
  | "custom"
  | "feedback_given"
  | "ordered"
  | "page_viewed"
  | "product_added"
  | "product_clicked"
  | "product_list_viewed"
  | "product_removed"
  | "product_unwished"
  | "product_viewed"
  | "product_wished"
  | "products_searched"
  | "promotion_clicked"
  | "promotion_viewed"
  | "review_given"
  | "slot_clicked"
  | "slot_seen"
  | "survey_answered";

export type EventsRequest = {
  /** Public write key; servers use `Authorization: Bearer` instead. */
  readonly key?: string;
  readonly visitorId?: string;
  /** What a browser calls itself until an answer brings its `visitorId`: all its tabs, and whatever is sent again, then become one visitor. Twelve digits and small letters that begin with the time, as the part of an event's id before the dash. */
  readonly newcomer?: string;
  /** Only with a server key. */
  readonly customerId?: string;
  /** A token by which the shop's server says who this is: makes a visitor a known customer. */
  readonly identity?: string;
  readonly consent?: {
    readonly [name: string]: unknown;
  };
  /** What other consent tools on the page say: IAB TCF and GPP strings, Google Consent Mode, Shopify, GPC. */
  readonly signals?: Signals;
  readonly sentAt?: unknown;
  readonly events: readonly ShopEvent[];
};

export type ExperimentResult = {
  /** Of the variation. */
  readonly key: string;
  readonly name?: string;
  readonly featureId: null | string;
  /** Whether the unit takes part. Where it does not, it sees the first variation. */
  readonly inExperiment: boolean;
  /** Whether chance put it there. Only then it counts. */
  readonly hashUsed: boolean;
  readonly variationId: number;
  readonly value: unknown;
  readonly hashAttribute: string;
  readonly hashValue: unknown;
  readonly stickyBucketUsed: boolean;
  /** Within [0, 1). */
  readonly bucket?: number;
  readonly passthrough?: boolean;
  readonly leafId?: number;
  readonly variationWeights?: readonly number[];
  readonly banditVersion?: number;
  /** To be kept, so that the unit stays where it is. Absent when nothing changed. */
  readonly stickyDocument?: StickyDocument;
};

export type FeatureDefinition = {
  readonly defaultValue?: unknown;
  readonly rules?: readonly FeatureRule[];
};

export type FeatureExperiment = {
  readonly weights?: readonly number[];
  /** Share of the units that takes part, within [0, 1]. */
  readonly coverage?: number;
  /** Instead of weights and coverage. */
  readonly ranges?: readonly BucketRange[];
  /** Which attribute names the unit; `"id"` when absent. */
  readonly hashAttribute?: string;
  /** Names the unit where that one is missing, if buckets are sticky. */
  readonly fallbackAttribute?: string;
  /** 1 when absent. */
  readonly hashVersion?: number;
  /** The key when absent. */
  readonly seed?: string;
  readonly namespace?: Namespace;
  readonly filters?: readonly Filter[];
  readonly condition?: Condition;
  readonly parentConditions?: readonly ParentCondition[];
  readonly meta?: readonly VariationMeta[];
  readonly name?: string;
  readonly phase?: string;
  readonly disableStickyBucketing?: boolean;
  /** Raised to draw everybody anew. 0 when absent. */
  readonly bucketVersion?: number;
  /** Who was in an earlier version than this takes no part any more. */
  readonly minBucketVersion?: number;
  readonly key: string;
  readonly variations: readonly unknown[];
  readonly active?: boolean;
  readonly status?: "draft" | "running" | "stopped";
  /** Index that everybody who takes part gets, uncounted. */
  readonly force?: number;
  readonly urlPatterns?: readonly UrlTarget[];
  /** Whether a redirect keeps the parameters of the page it leaves. */
  readonly persistQueryString?: boolean;
  readonly contextualBandit?: BanditDraw;
};

export type FeatureRule = {
  readonly weights?: readonly number[];
  /** Share of the units that takes part, within [0, 1]. */
  readonly coverage?: number;
  /** Instead of weights and coverage. */
  readonly ranges?: readonly BucketRange[];
  /** Which attribute names the unit; `"id"` when absent. */
  readonly hashAttribute?: string;
  /** Names the unit where that one is missing, if buckets are sticky. */
  readonly fallbackAttribute?: string;
  /** 1 when absent. */
  readonly hashVersion?: number;
  /** The key when absent. */
  readonly seed?: string;
  readonly namespace?: Namespace;
  readonly filters?: readonly Filter[];
  readonly condition?: Condition;
  readonly parentConditions?: readonly ParentCondition[];
  readonly meta?: readonly VariationMeta[];
  readonly name?: string;
  readonly phase?: string;
  readonly disableStickyBucketing?: boolean;
  /** Raised to draw everybody anew. 0 when absent. */
  readonly bucketVersion?: number;
  /** Who was in an earlier version than this takes no part any more. */
  readonly minBucketVersion?: number;
  readonly id?: string;
  readonly key?: string;
  readonly force?: unknown;
  /** Share of the hash space in which a value is forced. */
  readonly range?: BucketRange;
  readonly variations?: readonly unknown[];
  /** Variations that a contextual bandit chooses among; SDKs that know none skip the rule. */
  readonly contextualVariations?: readonly unknown[];
  readonly contextualBanditRef?: string;
  /** Experiments that somebody else has evaluated already. */
  readonly tracks?: readonly Track[];
};

export type Filter = {
  readonly seed: string;
  readonly ranges: readonly BucketRange[];
  /** 2 when absent. */
  readonly hashVersion?: number;
  /** `"id"` when absent. */
  readonly attribute?: string;
};

export type FunnelStage =
  | {
      readonly stage: "cart" | "checkout" | "order" | "product" | "visit";
      /** People with a visit that came so far, and such visits. */
      readonly people: number;
      readonly visits: number;
      /** Share of all visits that came so far. */
      readonly reachedShare: number;
      /** Of the visits that came to the stage told before this one, the share that did not come to this. */
      readonly lostShare: null | number;
    }
  | {
      readonly stage: "cart" | "checkout" | "order" | "product" | "visit";
      readonly withheld: true;
    };

export type Ga4Request = {
  /** Public write key; servers use `Authorization: Bearer` instead. */
  readonly key?: string;
  readonly visitorId?: string;
  /** What a browser calls itself until an answer brings its `visitorId`: all its tabs, and whatever is sent again, then become one visitor. Twelve digits and small letters that begin with the time, as the part of an event's id before the dash. */
  readonly newcomer?: string;
  /** Only with a server key. */
  readonly customerId?: string;
  /** A token by which the shop's server says who this is: makes a visitor a known customer. */
  readonly identity?: string;
  readonly consent?: {
    readonly [name: string]: unknown;
  };
  /** What other consent tools on the page say: IAB TCF and GPP strings, Google Consent Mode, Shopify, GPC. */
  readonly signals?: Signals;
  readonly sentAt?: unknown;
  readonly events: readonly {
    readonly id: string;
    readonly name: string;
    readonly params?: unknown;
    readonly at?: unknown;
    readonly page?: unknown;
    readonly [name: string]: unknown;
  }[];
};

export type GetFeaturesAnswer = {
  readonly status: number;
  readonly features: {
    readonly [name: string]: FeatureDefinition;
  };
  readonly experiments: readonly never[];
  readonly dateUpdated: string;
};

export type GroupFigures = {
  /** People who allow analytics: those of whom segments are known. */
  readonly people: number;
  readonly customers: number | Withheld;
  /** Order days a customer has in a year, after the first one; `null` before there are years to speak of. */
  readonly ordersPerYear: null | number | Withheld;
  /** Share of customers who ordered on a second day. */
  readonly returnedShare: null | number | Withheld;
  readonly value: readonly GroupValue[];
};

export type GroupShare =
  | Withheld
  | {
      readonly customers: number;
      readonly of: number;
      readonly share: number;
    };

export type GroupValue =
  | {
      readonly currency: string;
      readonly customers: number;
      readonly revenue: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly revenuePerCustomer: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly clv: null | {
        readonly minor: number;
        readonly currency: string;
      };
      readonly clvPerCustomer: null | {
        readonly minor: number;
        readonly currency: string;
      };
    }
  | {
      readonly currency: string;
      readonly withheld: true;
    };

export type HookOutcome = {
  readonly status: string;
  readonly [name: string]: unknown;
};

export type IdentifyRequest = {
  readonly key?: string;
  readonly visitorId?: string;
  readonly customerId?: string;
  readonly identity?: string;
  readonly consent?: {
    readonly [name: string]: unknown;
  };
};

export type IdentityKeyRequest =
  | {
      readonly alg: "HS256";
    }
  | {
      readonly alg: "EdDSA";
      /** Ed25519, as JWK or SPKI PEM. */
      readonly publicKey:
        | string
        | {
            readonly [name: string]: unknown;
          };
    };

export type Impact = {
  readonly name: string;
  readonly variation: string;
  /** Visitors who got it. */
  readonly users: number;
  readonly revenue: Incremental;
  readonly margin: Incremental;
  readonly inStoreRevenue: Incremental;
  /** Whether the revenue's range leaves zero out, so that a sum may be told. */
  readonly isTold: boolean;
  /** Revenue of visitors who had clicked. Many of them would have bought anyway. */
  readonly attributed: {
    readonly revenue: number;
    readonly note: "not incremental";
  };
  /** Days until a difference as large as the present one could be told; `null`: it is, or nobody can say. */
  readonly daysToAnswer: null | number;
  /** The sentence for whoever has no time for figures. */
  readonly sentence: string;
  /** The running total at each look. */
  readonly overTime: readonly OverTime[];
};

export type Incremental = {
  readonly estimate: null | number;
  readonly low: null | number;
  readonly high: null | number;
};

export type Interval = null | Interval2;

export type Interval2 = {
  readonly low: {
    readonly minor: number;
    readonly currency: string;
  };
  readonly high: {
    readonly minor: number;
    readonly currency: string;
  };
};

export type Item = string | Item2;

export type Item2 = {
  readonly id?: string;
  readonly sku?: string;
  readonly gtin?: string;
  readonly group?: string;
  readonly url?: string;
};

export type ItemLabel = {
  readonly id: string;
  readonly title: string;
  readonly image?: string;
  readonly url?: string;
  readonly brand?: string;
  readonly type?: string;
  readonly price?: {
    readonly minor: number;
    readonly currency: string;
  };
  readonly availability: "backorder" | "in_stock" | "out_of_stock" | "preorder";
  /** Whether it can be had at all; the market of a visit may say otherwise. */
  readonly isAvailable: boolean;
};

export type ItemRow = {
  readonly id: string;
  readonly title: string;
  readonly image?: string;
  readonly url?: string;
  readonly brand?: string;
  readonly type?: string;
  readonly price?: {
    readonly minor: number;
    readonly currency: string;
  };
  readonly availability: "backorder" | "in_stock" | "out_of_stock" | "preorder";
  /** Whether it can be had at all; the market of a visit may say otherwise. */
  readonly isAvailable: boolean;
  /** Kept out of everything learned. */
  readonly isSensitive: boolean;
  /** Whether enough people saw or bought it for the model to tell of it. */
  readonly isCold: boolean;
  /** Visits that saw it, and different people who bought it, since the model began. */
  readonly visits: Told;
  readonly buyers: Told;
  /** Visits of late: one of three days ago counts half. */
  readonly recentVisits: Told;
  /** Other items whose lists lead to it. */
  readonly reach: number;
};

export type Journeys = {
  /** Customers whose path is known. */
  readonly customers: number | Withheld;
  readonly paths: readonly PathRow[];
  /** Stages of a visit, in order. */
  readonly stages: readonly ["visit", "product", "cart", "checkout", "order"];
  readonly funnels: {
    readonly all: readonly FunnelStage[];
    readonly best_fifth: readonly FunnelStage[];
    readonly not_yet: readonly FunnelStage[];
    readonly others: readonly FunnelStage[];
  };
};

export type JsonObject = {
  readonly [name: string]: JsonValue;
};

export type JsonValue = null | string | number | JsonObject | readonly JsonValue[] | boolean;

export type KeyKind = "ak" | "pk" | "sk";

export type KeyRequest =
  | {
      readonly kind: "ak";
      readonly role: "analyst" | "associate" | "marketer" | "owner";
      readonly label: string;
    }
  | {
      readonly kind: "sk";
      readonly label: string;
    }
  | {
      readonly kind: "pk";
      readonly label: string;
    };

export type Keys = {
  readonly kid: string;
  readonly alg: "EdDSA" | "HS256";
  /** The public key as JWK text; `null` for HS256, whose secret is derived and kept nowhere. */
  readonly publicKey: null | string;
  readonly createdAt: number;
};

export type LearningState = "mature" | "none" | "ready" | "young";

export type Lines = {
  readonly item: Item;
  readonly quantity?: number;
  readonly price?: {
    readonly minor: number;
    readonly currency: string;
  };
};

export type Lint = {
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
};

export type ListName = "alike" | "better" | "goes_with" | "next" | "similar_visits" | "viewed_with";

export type LookedAt = {
  readonly type: string;
  /** Shares of the best fifth and of all others who looked at it. */
  readonly bestShare: number;
  readonly othersShare: number;
  /** The first share by the second, with an interval that is wide enough for all types told together. */
  readonly lift: number;
  readonly low: number;
  readonly high: number;
  readonly finding: "less" | "more" | "unclear";
};

export type MeChange = {
  readonly key?: string;
  readonly identity?: string;
  /** Traits as they should read; `null` takes one out, and nobody else's word puts it back. */
  readonly correct?: {
    readonly [name: string]: null | string | number | boolean;
  };
  /** Kept out of everything that is decided and said, or let in again. */
  readonly hide?: {
    readonly trait?: string;
    readonly item?: string;
    readonly hidden?: boolean;
  };
  readonly feedback?: {
    readonly item: string;
    readonly feedback: "gift" | "less_like_this" | "not_this" | "own_it" | "undo";
  };
  /** A moment in their life: it is so, it is not, or it is to be forgotten. */
  readonly life?: {
    readonly kind: string;
    readonly says?: "gone" | "no" | "yes";
    readonly on?: string;
  };
  readonly consent?: {
    readonly [name: string]: boolean;
  };
  readonly pause?: boolean;
};

export type MeRequest = {
  readonly key?: string;
  readonly identity?: string;
};

export type MetricName =
  | "click_rate"
  | "clicks"
  | "conversion"
  | "in_store_revenue"
  | "margin"
  | "opt_out_rate"
  | "order_value"
  | "orders"
  | "refunds"
  | "revenue"
  | "units"
  | "units_per_order";

export type Namespace = readonly [string, number, number];

export type Needed = {
  readonly visitors: number;
  readonly days: null | number;
};

export type Neighbouring = {
  readonly id: string;
  readonly title: string;
  readonly image?: string;
  readonly url?: string;
  readonly brand?: string;
  readonly type?: string;
  readonly price?: {
    readonly minor: number;
    readonly currency: string;
  };
  readonly availability: "backorder" | "in_stock" | "out_of_stock" | "preorder";
  /** Whether it can be had at all; the market of a visit may say otherwise. */
  readonly isAvailable: boolean;
  /** As the recipe scores it: to be compared within its list only. */
  readonly score: number;
  /** Of the list's highest score, in [0, 1]. */
  readonly strength: number;
  /** What puts it there, in a sentence a shopper could read. */
  readonly why: Why;
  /** Different people behind it; absent where people play no part. `supportersCap` means that or more. */
  readonly customers?: number | Withheld;
  /** How often they did it. */
  readonly times?: number | Withheld;
  /** Why nobody is shown it beside the item now; absent: it may be shown. */
  readonly obstacle?: string;
};

export type NoticeType =
  | "audience_left"
  | "consent_changed"
  | "customer_erased"
  | "import_finished"
  | "order_recorded"
  | "order_refunded"
  | "segment_entered"
  | "segment_left"
  | "test"
  | "trigger_fired";

export type OfrepRequest = {
  readonly context?: {
    readonly targetingKey?: string;
    readonly consent?: unknown;
    readonly [name: string]: unknown;
  };
};

export type OrderParams = Orders | Orders2;

export type Orders = {
  readonly model: "pareto_nbd";
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
};

export type Orders2 = {
  readonly model: "bg_nbd" | "mbg_nbd";
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
};

export type Orders3 = {
  readonly customers: number;
  readonly predicted: number;
  readonly actual: number;
  /** (predicted − actual) ∕ actual; `null` where nothing came. */
  readonly totalError: null | number;
  readonly rmse: number;
  readonly mae: number;
  /** Chance that of two customers the one who came was predicted more; `null` where all or none came. */
  readonly auc: null | number;
  /** Tenths by prediction, best first. */
  readonly deciles: readonly {
    readonly customers: number;
    readonly meanPredicted: number;
    readonly meanActual: number;
  }[];
  /** Share of everything that came which the best tenth brought. */
  readonly topDecileShare: null | number;
};

export type OriginsRequest = {
  readonly origins: readonly string[];
};

export type Outcome =
  | "limited_to_none"
  | "not_proposed"
  | "obstacle"
  | "outranked"
  | "shown"
  | "switched_off"
  | "too_few"
  | "too_unsure"
  | "variant_shown";

export type Outcome2 = {
  readonly accepted: number;
  /** Known already, from another file or another channel. */
  readonly duplicates: number;
  /** Known already when a chunk was begun again after a stop: taken in before it, by this run or another. */
  readonly repeated: number;
  readonly rejected: {
    readonly [name: string]: number;
  };
  /** Events kept as transaction only, by the purpose they may not serve. */
  readonly withheld: WithheldIfCommitted;
  /** Events whose customers could not be reached for a whole day. */
  readonly failed: number;
};

export type OverTime = {
  readonly estimate: null | number;
  readonly low: null | number;
  readonly high: null | number;
  readonly at: number;
  readonly users: number;
};

export type Page = {
  readonly type?:
    | "account"
    | "cart"
    | "category"
    | "checkout"
    | "content"
    | "home"
    | "order"
    | "other"
    | "product"
    | "search";
  readonly url?: string;
  readonly title?: string;
  readonly referrer?: string;
  readonly category?: string;
  readonly query?: string;
};

export type Page2 = {
  readonly type?:
    | "account"
    | "cart"
    | "category"
    | "checkout"
    | "content"
    | "home"
    | "order"
    | "other"
    | "product"
    | "search";
  readonly url?: string;
  readonly title?: string;
  readonly referrer?: string;
  readonly category?: string;
  readonly query?: string;
  readonly item?: string;
};

export type Page3 = {
  readonly type?:
    | "account"
    | "cart"
    | "category"
    | "checkout"
    | "content"
    | "home"
    | "order"
    | "other"
    | "product"
    | "search";
  readonly url?: string;
  readonly title?: string;
  readonly referrer?: string;
  readonly category?: string;
  readonly query?: string;
  readonly item?: Item;
};

export type ParentCondition = {
  readonly id: string;
  /** Asked of `{ value }`, the other flag's answer. */
  readonly condition?: Condition;
  /** Whoever does not pass gets no value at all, instead of the next rule. */
  readonly gate?: boolean;
};

export type PathRow =
  | Withheld
  | {
      /** Kinds of steps of the visit that led to the latest order; `null`: all paths beyond the most common ones. */
      readonly steps: null | readonly string[];
      readonly customers: number;
      /** Share of all customers whose path is known. */
      readonly share: number;
      /** Share of them who are among the best fifth. */
      readonly bestFifthShare: number | Withheld;
    };

export type Persona = {
  /** What they looked at, the latest last. */
  readonly viewed?: readonly string[];
  readonly cart?: readonly string[];
  readonly traits?: {
    readonly [name: string]: string | number | boolean;
  };
};

export type PersonsRequest = {
  readonly persons: readonly {
    /** A random name that their storage bears: tells that two parts are of one person, and that one was taken before. */
    readonly source: string;
    readonly customerId?: string;
    readonly bornAt: number;
    readonly touchedAt: number;
    readonly notBefore?: number;
    readonly isPaused: boolean;
    readonly hidden: readonly string[];
    readonly grants: readonly {
      readonly purpose:
        | "analytics"
        | "clienteling"
        | "life_events"
        | "marketing"
        | "personalization"
        | "transaction";
      readonly granted: boolean;
      readonly at: number;
      readonly source: string;
      readonly expiresAt: number;
      readonly policyVersion: string;
      readonly basis?: string;
    }[];
    readonly rows: readonly {
      readonly seq: number;
      readonly source: string;
      readonly isTrusted: boolean;
      readonly receivedAt: number;
      readonly events: readonly ShopEvent[];
    }[];
    /** Absent: more rows follow. */
    readonly ids?: {
      readonly streams: readonly {
        readonly stream: string;
        readonly ranges: readonly number[];
      }[];
      readonly bygone: readonly {
        readonly name: string;
        readonly by: number;
      }[];
    };
  }[];
};

export type PickedItem = {
  readonly id: string;
  /** 1-based. */
  readonly rank: number;
  readonly title: string;
  readonly url?: string;
  readonly image?: string;
  readonly brand?: string;
  readonly price?: Price;
  /** What it cost before, when `price` is a sale price. */
  readonly regularPrice?: Price;
  readonly why: Why;
  readonly controls: readonly ("less_like_this" | "not_this" | "own_it")[];
};

export type Place = {
  readonly country: string;
  readonly region?: string;
};

export type PlanAnswer = {
  /** What the metric is now, and of how many visitors that is known. */
  readonly baseline: {
    readonly value: number;
    readonly users: number;
    readonly perDay: null | number;
  };
  readonly oneLook: Needed;
  /** With a declared end and looks on the way: put `plan` into the experiment. */
  readonly planned: Needed;
  readonly anytime: Needed;
  readonly plan: {
    readonly visitors: number;
    readonly looks: number;
  };
  readonly sentence: string;
};

export type PlanRequest = {
  readonly metric?: MetricName;
  /** Smallest lift worth finding, as a share of the present figure: 0.1 is ten per cent. */
  readonly lift?: number;
  readonly power?: number;
  readonly variations?: number;
  readonly looks?: number;
  /** Whose visitors it is like: an experiment or holdout of the config. Absent: the site as a whole. */
  readonly like?: string;
  /** Share of the visitors who shall take part. */
  readonly coverage?: number;
};

export type PostIdentityKeysAnswer = {
  readonly kid: string;
  readonly alg: "EdDSA" | "HS256";
  /** The public key as JWK text; `null` for HS256, whose secret is derived and kept nowhere. */
  readonly publicKey: null | string;
  readonly createdAt: number;
  readonly secret: string;
};

export type PostWebhookTestAnswer = {
  readonly at: number;
  readonly endpoint: string;
  readonly id: string;
  readonly type: NoticeType;
  /** Which try it was, from 1. */
  readonly tries: number;
  readonly outcome: "delivered" | "failed" | "parked" | "withheld";
  /** What was answered, in a phrase. */
  readonly reason: string;
  readonly ms: number;
};

export type Preference = {
  /** Where it was said: `<survey>/<question>` or `traits/<name>`. */
  readonly key: string;
  readonly topic: Topic;
  /** Of these any will do. Empty for a price band. */
  readonly anyOf: readonly (string | number | boolean)[];
  readonly band?: {
    readonly min?: number;
    readonly max?: number;
    readonly currency?: string;
  };
  readonly at: number;
  /** Who told us: `survey`, or the trait's own source. */
  readonly source: string;
  /** The customer corrected it themselves on their own page: it comes first. */
  readonly isOwnWord: boolean;
};

export type Price = {
  readonly minor: number;
  readonly currency: string;
  /** As the asked locale writes it. */
  readonly text: string;
};

export type PriceTier = "high-priced" | "low-priced" | "mid-priced";

export type Prioritising =
  | Withheld
  | {
      readonly best: number;
      readonly others: number;
      readonly signs: readonly Sign[];
      /** Whether the shop looks after its best customers better than after others. */
      readonly answer: "no" | "partly" | "unclear" | "yes";
      readonly sentences: readonly string[];
    };

export type ProblemCode =
  | "body_hostile"
  | "body_invalid"
  | "body_not_json"
  | "body_not_text"
  | "body_stalled"
  | "body_too_deep"
  | "body_too_large"
  | "bot_suspected"
  | "budget_spent"
  | "catalog_format_unknown"
  | "catalog_row_invalid"
  | "catalog_shrinks"
  | "config_changed"
  | "config_invalid"
  | "config_unconditional"
  | "consent_missing"
  | "customer_unknown"
  | "delivery_unknown"
  | "draft_unknown"
  | "erased"
  | "event_conflict"
  | "event_invalid"
  | "event_too_large"
  | "event_too_old"
  | "event_unknown"
  | "experiment_unknown"
  | "figures_missing"
  | "flag_unknown"
  | "format_unsupported"
  | "id_invalid"
  | "id_missing"
  | "identity_unverified"
  | "import_row_invalid"
  | "import_unknown"
  | "import_unreadable"
  | "internal"
  | "item_unknown"
  | "key_last_owner"
  | "key_missing"
  | "key_not_allowed"
  | "key_not_found"
  | "key_not_rotatable"
  | "key_unknown"
  | "keys_too_many"
  | "merge_final"
  | "method_not_allowed"
  | "not_configured"
  | "origin_failed"
  | "origin_not_allowed"
  | "overloaded"
  | "paused"
  | "proposal_unknown"
  | "query_invalid"
  | "revision_unknown"
  | "route_unknown"
  | "segment_unknown"
  | "self_unknown"
  | "signature_invalid"
  | "site_exists"
  | "site_unknown"
  | "storage_full"
  | "store_newer"
  | "targeting_key_missing"
  | "token_invalid"
  | "too_many_webhooks"
  | "unsafe_webhook_url"
  | "variation_unknown"
  | "visitor_joined"
  | "webhook_unknown";

export type Progress = {
  readonly users: number;
  readonly since: null | number;
  readonly days: number;
  /** Of the plan, where there is one. */
  readonly planned: null | number;
  readonly fraction: null | number;
  readonly daysLeft: null | number;
};

export type PutWebhookAnswer = {
  readonly id: string;
  readonly url: string;
  readonly types: readonly TypesName[];
  readonly purpose:
    | "analytics"
    | "clienteling"
    | "life_events"
    | "marketing"
    | "personalization"
    | "transaction";
  readonly state: "disabled" | "enabled";
  /** Why it is disabled, in a sentence; empty while it is enabled. */
  readonly why: string;
  readonly createdAt: number;
  /** Until when the secret before the current one is still good. */
  readonly previousSecretUntil?: number;
  readonly waiting: number;
  readonly parked: number;
};

export type PutWebhookAnswer2 = {
  readonly id: string;
  readonly url: string;
  readonly types: readonly TypesName[];
  readonly purpose:
    | "analytics"
    | "clienteling"
    | "life_events"
    | "marketing"
    | "personalization"
    | "transaction";
  readonly state: "disabled" | "enabled";
  /** Why it is disabled, in a sentence; empty while it is enabled. */
  readonly why: string;
  readonly createdAt: number;
  /** Until when the secret before the current one is still good. */
  readonly previousSecretUntil?: number;
  readonly waiting: number;
  readonly parked: number;
  readonly secret: string;
};

export type RankRequest = {
  /** Public write key; servers use `Authorization: Bearer` instead. */
  readonly key?: string;
  readonly visitorId?: string;
  /** What a browser calls itself until an answer brings its `visitorId`: all its tabs, and whatever is sent again, then become one visitor. Twelve digits and small letters that begin with the time, as the part of an event's id before the dash. */
  readonly newcomer?: string;
  /** Only with a server key. */
  readonly customerId?: string;
  /** A token by which the shop's server says who this is: makes a visitor a known customer. */
  readonly identity?: string;
  readonly consent?: {
    readonly [name: string]: unknown;
  };
  /** What other consent tools on the page say: IAB TCF and GPP strings, Google Consent Mode, Shopify, GPC. */
  readonly signals?: Signals;
  readonly sentAt?: unknown;
  readonly page?: Page3;
  readonly market?: string;
  readonly locale?: string;
  readonly device?: "desktop" | "other" | "phone" | "tablet";
  readonly cart?: readonly Lines[];
  /** Never show these, for whatever reason the page has. */
  readonly exclude?: readonly Item[];
  /** Applied first, in the same turn: the decision already knows them. */
  readonly events?: readonly ShopEvent[];
  /** A preview link's id: the draft's config and persona instead of the live ones. */
  readonly draft?: string;
  readonly items: readonly Item[];
};

export type RankedBy = "clv" | "revenue";

export type Reason = "DEFAULT" | "DISABLED" | "SPLIT" | "STATIC" | "TARGETING_MATCH";

export type RecipeLearning = {
  readonly strategy: StrategiesName;
  readonly state: LearningState;
  /** Items that can be had and that it has something to say of. */
  readonly items: number;
  /** Of all items that can be had. */
  readonly coverage: number;
  /** Of the visits to items that can be had: what people look at is learned first. */
  readonly visitCoverage: number;
};

export type RecipeWord = {
  readonly strategy: string;
  /** How many items it proposes. */
  readonly proposed: number;
  /** The rest is absent where it does not propose this one. Place among the proposed, weighed; 1 is the first. */
  readonly rank?: number;
  readonly why?: Why;
  /** The recipe's own score, what bends it, and what it is ranked by. */
  readonly own?: number;
  readonly byRules?: number;
  readonly byTaste?: number;
  readonly byShop?: number;
  readonly score?: number;
  /** How sure the evidence is, in [0, 1]. */
  readonly confidence?: number;
};

export type RegisterEntry = {
  readonly use: string;
  /** Purposes of which one must be granted. Empty: what the service itself needs, told in `use`. */
  readonly purposes: readonly (
    | "analytics"
    | "clienteling"
    | "life_events"
    | "marketing"
    | "personalization"
    | "transaction"
  )[];
  readonly keptFor: "behaviour" | "day" | "orders" | "person";
  readonly where: string;
  readonly field: string;
  readonly retention: string;
};

export type ReplayRequest = {
  readonly id?: string;
  readonly endpoint?: string;
};

export type ResetRequest = {
  readonly key?: string;
};

export type Resolved = {
  readonly key: string;
  readonly value?: unknown;
  readonly reason: Reason;
  readonly variant?: string;
  readonly metadata?: {
    readonly [name: string]: string | number | boolean;
  };
};

export type Rfm = {
  /** 1 to 5, 5 best: recent, often, much. */
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  /** The three together. */
  readonly cell: string;
  readonly group: ValueGroup;
};

export type RollbackRequest = {
  readonly revision: number;
};

export type RotateRequest = {
  /** How long the old key goes on, so that nothing stops while the new one is brought to its place. */
  readonly graceHours?: number;
};

export type RowError = {
  readonly line: number;
  readonly code: ProblemCode;
  /** One sentence for the developer who reads it, with the limit or the expectation; never the offending text itself. */
  readonly detail: string;
  /** RFC 6901 pointer into the body. */
  readonly pointer?: string;
  /** What stood there: its kind and size, never its content. */
  readonly shape?: string;
  /** What to do about it. */
  readonly cure?: string;
};

export type RunReport = {
  readonly counts: Counts;
  readonly errors: readonly RowError[];
  readonly columns: {
    readonly known: readonly string[];
    readonly mapped: readonly string[];
    readonly unused: readonly string[];
  };
  /** Entries without a basis for a purpose: kept as transaction, or refused, unless the customer granted it themselves. */
  readonly withheldIfCommitted: WithheldIfCommitted;
  readonly run: string;
  readonly kind: "customers" | "events" | "notes" | "orders" | "reviews" | "surveys";
  readonly status: RunStatus;
  readonly fileHash: string;
  readonly bases: Bases;
  readonly createdAt: number;
  /** A run that is not committed by then is cleared. */
  readonly expiresAt?: number;
  readonly committedAt?: number;
  readonly finishedAt?: number;
  readonly progress?: {
    readonly chunks: number;
    readonly done: number;
  };
  readonly outcome?: Outcome2;
};

export type RunStatus = "checked" | "committing" | "done" | "staged" | "staging";

export type SayDo = {
  readonly preference: Preference;
  /** Bought since it was said: what keeps the word or does not. */
  readonly bought: Done;
  /** Bought before: what may have led to it being said. */
  readonly boughtBefore: Done;
  /** Looked at since it was said. */
  readonly viewed: Done;
};

export type SegmentOverlap = {
  readonly a: string;
  readonly b: string;
  readonly people: number;
  readonly shareOfA: number;
  readonly shareOfB: number;
};

export type SegmentPreview = {
  /** People there are, and people who were asked. As many: everything is exact. */
  readonly people: number;
  readonly asked: number;
  readonly size: Estimate | Withheld;
  readonly share: Estimate | Withheld;
  /** Of those who would be in it, by currency. */
  readonly value: readonly {
    readonly currency: string;
    readonly customers: number;
    readonly revenuePerCustomer: {
      readonly minor: number;
      readonly currency: string;
    };
    readonly clvPerCustomer: null | {
      readonly minor: number;
      readonly currency: string;
    };
  }[];
  /** Published segments that those who would be in it are in too. */
  readonly overlaps: readonly {
    readonly segment: string;
    readonly share: number;
  }[];
};

export type SegmentPreviewRequest = {
  readonly when: Condition;
  readonly purpose?:
    | "analytics"
    | "clienteling"
    | "life_events"
    | "marketing"
    | "personalization"
    | "transaction";
};

export type SegmentRequest = {
  readonly writeKey?: string;
  readonly batch?: readonly unknown[];
  readonly sentAt?: unknown;
  readonly context?: unknown;
  readonly [name: string]: unknown;
};

export type SegmentSize =
  | {
      readonly segment: string;
      readonly withheld: true;
    }
  | {
      readonly segment: string;
      readonly share: number;
      /** People who allow analytics: those of whom segments are known. */
      readonly people: number;
      readonly customers: number | Withheld;
      /** Order days a customer has in a year, after the first one; `null` before there are years to speak of. */
      readonly ordersPerYear: null | number | Withheld;
      /** Share of customers who ordered on a second day. */
      readonly returnedShare: null | number | Withheld;
      readonly value: readonly GroupValue[];
    };

export type SegmentSizes = {
  readonly all: GroupFigures | Withheld;
  readonly segments: readonly SegmentSize[];
  /** The pairs that have most in common: people in both, of people in either; at most 20. */
  readonly overlaps: readonly SegmentOverlap[];
};

export type Segments = {
  readonly title?: string;
  readonly when: Condition;
  readonly purpose?:
    | "analytics"
    | "clienteling"
    | "life_events"
    | "marketing"
    | "personalization"
    | "transaction";
};

export type Settings = {
  /** up_sell: cheapest and dearest alternative, as a multiple of the current price. */
  readonly priceRatioMin?: number;
  readonly priceRatioMax?: number;
  /** cross_sell: weight of what was bought together against what was viewed together. */
  readonly boughtWeight?: number;
  /** also_viewed, for_you: weight of whole visits like this one against what pairs of items say. */
  readonly neighbourWeight?: number;
  /** How hard popular items are held back: 0 favours bestsellers, 1 rarities. */
  readonly popularityDamping?: number;
  /** bundle: what a set may cost, as a multiple of what it completes. */
  readonly bundlePriceMax?: number;
  /** Weight of margin (price minus cost) in the ranking. */
  readonly marginWeight?: number;
  /** Weight of the quantity in stock: what is nearly gone is held back, what fills the store room is lifted. */
  readonly stockWeight?: number;
  /** How much room an item makes that is like another of the slot; 0 leaves the order untouched. */
  readonly diversity?: number;
  /** `confident`: only while an item keeps its share of the best one's worth. `fill`: as many as there are, up to `max`. */
  readonly count?: "confident" | "fill";
  /** Shown to one customer so often within so many days, an item is left out. 0: no cap. */
  readonly capTimes?: number;
  readonly capDays?: number;
  /** Whether items too new to be known come in beside those that are most like them. */
  readonly coldStart?: boolean;
  /** Whether the customer's recent acts and what they ignored bend the order. What they refused is heeded regardless. */
  readonly taste?: boolean;
};

export type ShopEvent =
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "page_viewed";
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "product_viewed";
      readonly item: Item;
      readonly price?: {
        readonly minor: number;
        readonly currency: string;
      };
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "product_list_viewed";
      readonly list?: string;
      readonly category?: string;
      readonly items?: readonly Item[];
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "product_clicked";
      readonly item: Item;
      readonly list?: string;
      readonly position?: number;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "products_searched";
      readonly query: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "product_added";
      readonly item: Item;
      readonly quantity?: number;
      readonly price?: {
        readonly minor: number;
        readonly currency: string;
      };
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "product_removed";
      readonly item: Item;
      readonly quantity?: number;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "cart_updated";
      readonly lines: readonly Lines[];
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "cart_viewed";
      readonly lines?: readonly Lines[];
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "checkout_started";
      readonly lines?: readonly Lines[];
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "checkout_step_completed";
      readonly step?: string | number;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "product_wished";
      readonly item: Item;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "product_unwished";
      readonly item: Item;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "order_completed";
      readonly orderId: string;
      readonly revenue?: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly total?: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly shipping?: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly tax?: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly discount?: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly coupon?: string;
      /** Where it was bought; a purchase in a shop counts like one on the web. */
      readonly channel?: "app" | "marketplace" | "phone" | "store" | "web";
      readonly lines: readonly Lines[];
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "order_refunded";
      readonly orderId: string;
      readonly amount?: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly lines?: readonly Lines[];
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "order_cancelled";
      readonly orderId: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "promotion_viewed";
      readonly promotion: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "promotion_clicked";
      readonly promotion: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "slot_seen";
      readonly token: string;
      readonly items?: readonly string[];
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "flag_seen";
      readonly flag: string;
      readonly variation: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "slot_clicked";
      readonly token: string;
      readonly item: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "feedback_given";
      readonly item: Item;
      readonly feedback: "gift" | "less_like_this" | "not_this" | "own_it" | "undo";
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "survey_answered";
      readonly survey: string;
      readonly question: string;
      readonly kind: "choice" | "nps" | "rating" | "reason_for_buying" | "text";
      readonly score?: number;
      readonly max?: number;
      readonly choice?: string;
      readonly answer?: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "review_given";
      readonly item: Item;
      readonly rating: number;
      readonly title?: string;
      readonly text?: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "note_added";
      readonly author: string;
      readonly visibility?: "author" | "company" | "store";
      readonly expiresAt?: string | number;
      readonly intent?: "browsing" | "comparing" | "gift" | "other" | "ready_to_buy" | "service";
      readonly facts?: {
        readonly [name: string]: null | string | number | boolean;
      };
      readonly text?: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "consent_updated";
      readonly consent: {
        readonly [name: string]: unknown;
      };
      readonly policyVersion?: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "traits_updated";
      readonly traits: {
        readonly [name: string]: null | string | number | boolean;
      };
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "life_event_told";
      readonly kind: string;
      readonly says?: "gone" | "no" | "yes";
      readonly on?: string;
    }
  | {
      /** Made by the sender before its first attempt; the same id is never counted twice. */
      readonly id: string;
      /** When it happened, by the sender's clock. Absent: when we received it. */
      readonly at?: string | number;
      readonly page?: Page;
      readonly type: "custom";
      readonly name: string;
      readonly facts?: {
        readonly [name: string]: null | string | number | boolean;
      };
    };

export type Shopify = {
  readonly analytics?: null | string | number | boolean;
  readonly marketing?: null | string | number | boolean;
  readonly preferences?: null | string | number | boolean;
  readonly sale_of_data?: null | string | number | boolean;
};

export type ShopifySecret = {
  /** The app's client secret, or the one that Shopify shows beside webhooks made by hand. */
  readonly secret: string;
};

export type Sign = {
  readonly sign: SignName;
  readonly best: GroupShare;
  readonly others: GroupShare;
  /** Best less others; `null` where it cannot be told. The interval holds for all signs together. */
  readonly difference: null | {
    readonly low: number;
    readonly high: number;
  };
  readonly finding: "less" | "more" | "unclear";
};

export type SignName = "overdue" | "personalized" | "reachable" | "seen";

export type Signals = {
  /** `navigator.globalPrivacyControl`. */
  readonly gpc?: boolean;
  /** A TC string, as `__tcfapi` gives it. */
  readonly tcf?: string;
  /** A GPP string, as `__gpp` gives it. */
  readonly gpp?: string;
  /** The state of Google's Consent Mode; settings beside it are dropped. */
  readonly consentMode?: ConsentMode;
  /** `Shopify.customerPrivacy.currentVisitorConsent()`. */
  readonly shopify?: Shopify;
};

export type SitesRequest = {
  readonly origin: string;
  /** Further origins that may use the write key. */
  readonly origins?: readonly string[];
  /** A bench site learns from published data sets, so single persons may stand behind a pair. */
  readonly kind?: "bench" | "live";
};

export type SlotAnswer = {
  readonly id: string;
  readonly status: SlotStatus;
  /** Why the slot's answer came out so. */
  readonly reason: string;
  readonly title?: string;
  readonly items: readonly PickedItem[];
  /** What a trigger left for this slot: any JSON a marketer wrote. */
  readonly content?: {
    readonly trigger: string;
    readonly value: unknown;
  };
  readonly assignments: readonly Assignment[];
  readonly holdout: boolean;
  /** Echo it in `slot_seen` and `slot_clicked`. Absent where nothing about a person is counted. */
  readonly token?: string;
};

export type SlotStatus = "contextual" | "fallback" | "holdout" | "personalized" | "suppressed";

export type Slots = {
  readonly variation: string;
  /** Visitors who got it. */
  readonly users: number;
  readonly revenue: Incremental;
  readonly margin: Incremental;
  readonly inStoreRevenue: Incremental;
  /** Whether the revenue's range leaves zero out, so that a sum may be told. */
  readonly isTold: boolean;
  /** Revenue of visitors who had clicked. Many of them would have bought anyway. */
  readonly attributed: {
    readonly revenue: number;
    readonly note: "not incremental";
  };
  /** Days until a difference as large as the present one could be told; `null`: it is, or nobody can say. */
  readonly daysToAnswer: null | number;
  /** The sentence for whoever has no time for figures. */
  readonly sentence: string;
  /** The running total at each look. */
  readonly overTime: readonly OverTime[];
  readonly name: string;
};

export type SourceRow =
  | {
      readonly source: string;
      readonly customers: number;
      /** Share of all customers of the currency. */
      readonly share: number;
      readonly revenue: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly revenuePerCustomer: {
        readonly minor: number;
        readonly currency: string;
      };
      readonly clv: null | {
        readonly minor: number;
        readonly currency: string;
      };
      readonly clvPerCustomer: null | {
        readonly minor: number;
        readonly currency: string;
      };
      /** Share of them who are among the best fifth. Above 0.2: the source brings better customers than others. */
      readonly bestFifthShare: number | Withheld;
    }
  | {
      readonly source: string;
      readonly withheld: true;
    };

export type Sources = {
  readonly currencies: readonly (
    | {
        readonly currency: string;
        readonly customers: number;
        readonly rankedBy: RankedBy;
        readonly sources: readonly SourceRow[];
      }
    | {
        readonly currency: string;
        readonly withheld: true;
      }
  )[];
};

export type StepRequest = {
  readonly approve: boolean;
};

export type Steps = {
  readonly event: EventName;
  readonly where?: {
    readonly [name: string]: unknown;
  };
};

export type StickyDocument = {
  readonly attributeName: string;
  readonly attributeValue: string;
  readonly assignments: {
    readonly [name: string]: string;
  };
};

export type StrategiesName =
  | "also_viewed"
  | "bundle"
  | "buy_again"
  | "cross_sell"
  | "for_you"
  | "new_arrivals"
  | "pinned"
  | "recently_viewed"
  | "same_type"
  | "trending"
  | "up_sell";

export type Then =
  | Then2
  | {
      readonly items?: readonly string[];
      readonly where?: Condition;
      readonly do: "hide";
    }
  | {
      readonly do: "filter";
      readonly where: Condition;
    }
  | {
      readonly items?: readonly string[];
      readonly where?: Condition;
      readonly do: "boost";
      readonly strength?: number;
    }
  | {
      readonly items?: readonly string[];
      readonly where?: Condition;
      readonly do: "bury";
      readonly strength?: number;
    }
  | {
      readonly do: "limit";
      readonly max: number;
    };

export type Then2 = {
  readonly do: "pin";
  readonly items: readonly string[];
  /** 1-based place of the first one. */
  readonly position?: number;
};

export type Tie = {
  readonly from: string;
  readonly to: string;
  readonly by: "bought" | "viewed";
  /** Of the strongest tie either of them has, in [0, 1]. */
  readonly strength: number;
};

export type TimelineEntry = {
  readonly at: number;
  readonly type: string;
  /** Who told us. */
  readonly source: string;
  /** The event's own fields: what was viewed, bought, answered, noted. */
  readonly what: {
    readonly [name: string]: unknown;
  };
};

export type Told = number | Withheld;

export type Topic =
  | "avoid_brand"
  | "avoid_type"
  | "brand"
  | "price_band"
  | "reason"
  | "size"
  | "type"
  | `attribute:${string}`;

export type Track = {
  readonly experiment: FeatureExperiment;
  readonly result: ExperimentResult;
};

export type TypesName =
  | "audience_left"
  | "consent_changed"
  | "customer_erased"
  | "import_finished"
  | "order_recorded"
  | "order_refunded"
  | "segment_entered"
  | "segment_left"
  | "trigger_fired";

export type UnmergeRequest = {
  readonly visitorId: string;
  readonly customerId: string;
};

export type Unresolved = {
  readonly key: string;
  readonly errorCode: "FLAG_NOT_FOUND" | "GENERAL" | "TARGETING_KEY_MISSING";
  readonly errorDetails: string;
};

export type UrlTarget = {
  readonly type: "regex" | "simple";
  readonly pattern: string;
  readonly include?: boolean;
};

export type ValueFigures = {
  readonly customers: number;
  /** Customers without a score; their value is not in the sum. */
  readonly unscored: number | Withheld;
  /** The sum of CLV over customers; `null` where nobody has a score. */
  readonly clv: null | {
    readonly minor: number;
    readonly currency: string;
  };
  /** Where the sum of what these customers will in fact bring lies, at the level asked for. */
  readonly interval: Interval;
  /** What they brought so far, net of returns. */
  readonly revenue: {
    readonly minor: number;
    readonly currency: string;
  };
};

export type ValueGroup = "at_risk" | "inactive" | "other" | "premium" | "repeat" | "top_spender";

export type VariationMeta = {
  /** Name in counts and sticky buckets; the index when absent. */
  readonly key?: string;
  readonly name?: string;
  /** Who is in it goes on to the next rule: how a holdout lets people through. */
  readonly passthrough?: boolean;
};

export type Verdict = {
  readonly state: "broken" | "loss" | "undecided" | "win";
  /** The first line. */
  readonly headline: string;
  /** What to do now. */
  readonly action: string;
  /** What stands behind it, one thing each; ids and figures only. */
  readonly sentences: readonly string[];
};

export type WebhookRotateRequest = {
  readonly overlapHours?: number;
};

export type Why = {
  readonly code: string;
  readonly text: string;
};

export type WhyRequest = {
  /** The item that is asked about. */
  readonly item: string;
  readonly slot: string;
  /** Where the slot stands, and the item that page is about. */
  readonly page?: Page2;
  readonly market?: string;
  readonly cart?: readonly string[];
  /** What the slot is about; absent: the page's item, then the cart. */
  readonly seeds?: readonly string[];
  /** Somebody invented; absent: a visitor of whom nothing is known. */
  readonly persona?: Persona;
};

export type Withheld = {
  readonly withheld: true;
};

export type WithheldIfCommitted = {
  readonly analytics?: number;
  readonly clienteling?: number;
  readonly life_events?: number;
  readonly marketing?: number;
  readonly personalization?: number;
  readonly transaction?: number;
};

export type WooCommerceRotate = {
  readonly rotate: true;
};

/** Every operation of the Worker: who may call it, what it takes, what it answers. */
export interface Operations {
  /** Takes what a page or a server saw; answers for each event on its own. */
  "POST /v1/events": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: EventsRequest;
    readonly answer: {
      readonly events: readonly EventAnswer[];
      readonly visitorId?: string;
    };
  };
  /** Says what to show in each slot of a page, and why. */
  "POST /v1/decide": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: DecideRequest;
    readonly answer: DecideAnswer;
  };
  /** One slot as a fragment of HTML, for ESI, HTMX and server includes: /v1/slots/<slot>.html?key=…. */
  "GET /v1/slots/:slot": {
    readonly callers: "page" | "server";
    readonly path: { readonly slot: string };
    readonly query: {
      /** the page's public key */
      readonly key?: string;
      /** what kind of page it is */
      readonly type?: string;
      /** the item that it is about */
      readonly item?: string;
      /** the category that it lists */
      readonly category?: string;
      /** what was searched for */
      readonly q?: string;
      /** the market, for prices */
      readonly market?: string;
      /** the language, for prices */
      readonly locale?: string;
      /** at most so many picks */
      readonly max?: string;
    };
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: string;
  };
  /** Puts the shop's own list in the customer's order, hidden items left out. */
  "POST /v1/rank": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: RankRequest;
    readonly answer:
      | {
          readonly status: string;
          readonly items: readonly {
            readonly item?: Item;
            readonly rank: number;
            readonly was: number;
          }[];
          readonly configRevision: number;
          readonly consent: Consent;
          readonly visitorId?: string;
        }
      | {
          readonly status: string;
          readonly items: readonly {
            readonly item: Item;
            readonly rank: number;
            readonly was: number;
          }[];
        };
  };
  /** Segment's `batch` call, so that a shop that sends there changes an address only. */
  "POST /v1/batch": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: SegmentRequest;
    readonly answer: {
      readonly success: boolean;
      readonly events: readonly EventAnswer[];
    };
  };
  /** Segment's `track` call, so that a shop that sends there changes an address only. */
  "POST /v1/track": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: SegmentRequest;
    readonly answer: {
      readonly success: boolean;
      readonly events: readonly EventAnswer[];
    };
  };
  /** Segment's `page` call, so that a shop that sends there changes an address only. */
  "POST /v1/page": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: SegmentRequest;
    readonly answer: {
      readonly success: boolean;
      readonly events: readonly EventAnswer[];
    };
  };
  /** Segment's `screen` call, so that a shop that sends there changes an address only. */
  "POST /v1/screen": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: SegmentRequest;
    readonly answer: {
      readonly success: boolean;
      readonly events: readonly EventAnswer[];
    };
  };
  /** Segment's `group` call, so that a shop that sends there changes an address only. */
  "POST /v1/group": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: SegmentRequest;
    readonly answer: {
      readonly success: boolean;
      readonly events: readonly EventAnswer[];
    };
  };
  /** Segment's `alias` call, so that a shop that sends there changes an address only. */
  "POST /v1/alias": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: SegmentRequest;
    readonly answer: {
      readonly success: boolean;
      readonly events: readonly EventAnswer[];
    };
  };
  /** Takes GA4 e-commerce events, as a dataLayer holds them. */
  "POST /v1/ga4": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: Ga4Request;
    readonly answer: {
      readonly events: readonly EventAnswer[];
      readonly visitorId?: string;
    };
  };
  /** Joins a visitor to the customer that a signed token, or the shop's server, says they are. */
  "POST /v1/identify": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: IdentifyRequest;
    readonly answer:
      | {
          readonly status: string;
        }
      | {
          readonly success: boolean;
          readonly events: readonly EventAnswer[];
        };
  };
  /** This browser stops speaking for anybody: for shared devices, and on logging out. */
  "POST /v1/reset": {
    readonly callers: "page";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: ResetRequest;
    readonly answer: {
      readonly status: string;
    };
  };
  /** What is known about whoever asks, from where, and which decisions used it. */
  "POST /v1/me": {
    readonly callers: "page";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: MeRequest;
    readonly answer: {
      readonly known: null;
      readonly isCustomer: boolean;
    };
  };
  /** Everything stored about whoever asks, as one document. */
  "POST /v1/me/export": {
    readonly callers: "page";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: MeRequest;
    readonly answer: {
      readonly format: string;
      readonly site: string;
      readonly exportedAt: string;
      readonly data: null;
    };
  };
  /** Corrects, hides, gives feedback, changes consent, pauses. */
  "POST /v1/me/change": {
    readonly callers: "page";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: MeChange;
    readonly answer: {
      readonly events: readonly EventAnswer[];
      readonly known: null;
    };
  };
  /** Forgets whoever asks. */
  "POST /v1/me/erase": {
    readonly callers: "page";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: MeRequest;
    readonly answer: ErasureReceipt;
  };
  /** Timeline, facts, segments and next best offers, with the customer's grant for clienteling. */
  "GET /v1/customers/:id": {
    readonly callers: "server" | "owner" | "associate";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly customerId?: string;
      readonly known: {
        readonly since: number;
        readonly isPaused: boolean;
        readonly consent: {
          readonly analytics?: Analytics;
          readonly clienteling?: Analytics;
          readonly life_events?: Analytics;
          readonly marketing?: Analytics;
          readonly personalization?: Analytics;
          readonly transaction?: Analytics;
        };
        readonly traits: readonly {
          readonly name: string;
          readonly value: unknown;
          readonly at: number;
          readonly source: string;
          readonly isOwnWord: boolean;
          readonly isHidden: boolean;
        }[];
        readonly recent: readonly {
          readonly item: string;
          readonly kind: string;
          readonly at: number;
        }[];
        readonly cart: readonly {
          readonly item: string;
          readonly quantity: number;
        }[];
        readonly feedback: readonly {
          readonly item: string;
          readonly kind: string;
          readonly at: number;
        }[];
        readonly answers: readonly {
          readonly question: string;
          readonly kind: string;
          readonly at: number;
          readonly score?: number;
          readonly choice?: string;
        }[];
        readonly orders: readonly {
          readonly orderId: string;
          readonly at: number;
          readonly minor: number;
          readonly currency: string;
          readonly refundedMinor: number;
          readonly toldBy: "page" | "shop";
          readonly channel?: string;
          readonly lines: readonly (readonly [string, number])[];
        }[];
        readonly hidden: readonly string[];
        readonly experiments: readonly {
          readonly experiment: string;
          readonly variation: string;
          readonly at: number;
        }[];
        /** Decisions that were seen: which slot, what was shown, when. */
        readonly decisions: readonly {
          readonly decisionId: string;
          readonly slot: string;
          readonly at: number;
          readonly items: readonly string[];
          readonly revision: number;
        }[];
        /** Groups of the shop that they are in. */
        readonly segments: readonly {
          readonly id: string;
          readonly since: number;
        }[];
        readonly place: null | Place;
        /** What triggers stated of them. */
        readonly concluded: readonly {
          readonly name: string;
          readonly value: unknown;
          readonly at: number;
        }[];
        readonly joined: readonly {
          readonly at: number;
        }[];
        readonly events: number;
        readonly conflicts: number;
        readonly life: Readonly<Record<string, unknown>>;
      };
      readonly timeline: readonly TimelineEntry[];
      readonly segments: readonly {
        readonly id: string;
        readonly because?: Segments;
        readonly values: {
          readonly [name: string]: unknown;
        };
      }[];
      readonly value: null | {
        readonly currency: string;
        /** What they brought so far: net revenue, and what the shop kept of it where costs are known. */
        readonly revenueMinor: number;
        readonly marginMinor: null | number;
        readonly recencyDays: number;
        /** Version of the model that the rest is scored by; `null`: there is none yet, and then the rest is `null` too. */
        readonly version: null | number;
        /** `null` in another currency than the model's: its money cannot be compared. */
        readonly rfm: null | Rfm;
        /** Orders (days with an order) within the horizon. */
        readonly expectedOrders: null | number;
        /** Chance that none comes within the horizon. */
        readonly churn: null | number;
        /** Chance that they are a customer still, whenever they come again. Not for winning back: see `winBack`. */
        readonly alive: null | number;
        /** What one order day brings, on average. `null` in another currency than the model's. */
        readonly orderValueMinor: null | number;
        /** Expected margin within the horizon, discounted. */
        readonly clvMinor: null | number;
        /** Variance of that margin, in squared minor units. */
        readonly clvVariance?: number;
        /** Whom to win back first: expected orders. The chance to be alive of BG/NBD is 1 for whoever never came back, and ranks worse than chance (AUC .316 on CDNOW against .773). */
        readonly winBack: null | number;
        readonly clvRange: null | ClvRange;
      };
      readonly lifeEvents: readonly {
        readonly label: string;
        readonly since: number;
        readonly until: number;
        readonly on: null | string;
      }[];
      readonly says: readonly SayDo[];
      readonly affinities: null | {
        /** Full category paths. */
        readonly categories: readonly {
          readonly name: string;
          readonly share: number;
        }[];
        readonly brands: readonly {
          readonly name: string;
          readonly share: number;
        }[];
        readonly priceTiers: readonly {
          readonly name: PriceTier;
          readonly share: number;
        }[];
        readonly sentence: null | string;
      };
      readonly offers: readonly PickedItem[];
    };
  };
  /** Everything stored about a customer, to answer their request for it. */
  "GET /v1/customers/:id/export": {
    readonly callers: "server" | "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly format: string;
      readonly site: string;
      readonly exportedAt: string;
      readonly data: undefined;
    };
  };
  /** Erases a customer. */
  "DELETE /v1/customers/:id": {
    readonly callers: "server" | "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: ErasureReceipt;
  };
  /** Erases a visitor. */
  "DELETE /v1/visitors/:id": {
    readonly callers: "server" | "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: ErasureReceipt;
  };
  /** Takes a visitor out of a customer again, while a merge can be undone. */
  "POST /v1/customers/unmerge": {
    readonly callers: "server" | "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: UnmergeRequest;
    readonly answer: {
      readonly status: string;
    };
  };
  /** The erase ledger, a page at a time, to be kept with every backup. It names nobody. */
  "GET /v1/erasures": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: {
      /** `next` of the page before. */
      readonly after?: string;
    };
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly erasures: readonly {
        readonly at: number;
        readonly receipt: string;
        readonly returnedAt: null | number;
        readonly object: string;
      }[];
      readonly next: null | string;
    };
  };
  /** Gives the erase ledger back to a restored copy, before it serves. */
  "POST /v1/erasures": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: ErasuresRequest;
    readonly answer: {
      readonly added: number;
    };
  };
  /** Everybody whole, some at a time, to be taken in by another deployment. */
  "GET /v1/persons": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: {
      /** `next` of the page before. */
      readonly after?: string;
      /** One customer only, by the shop's id: also one of whom no index knows. */
      readonly customer?: string;
    };
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly persons: readonly unknown[];
      readonly next: null | string;
    };
  };
  /** Takes people in who were known in another deployment. What came before is recognised. */
  "POST /v1/persons": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: PersonsRequest;
    readonly answer: {
      readonly taken: number;
      readonly erased: number;
      readonly joined: number;
    };
  };
  /** What is stored, what for, for how long, who receives it and where it lies. */
  "GET /v1/privacy/register": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly site: string;
      readonly policyVersion: string;
      readonly purposes: readonly [
        "transaction",
        "analytics",
        "personalization",
        "marketing",
        "clienteling",
        "life_events",
      ];
      readonly fields: readonly RegisterEntry[];
      readonly recipients: readonly {
        readonly id: string;
        readonly host: string;
        readonly types: readonly TypesName[];
        readonly purpose:
          | "analytics"
          | "clienteling"
          | "life_events"
          | "marketing"
          | "personalization"
          | "transaction";
      }[];
      readonly region: string;
    };
  };
  /** Upserts and deletes items; right rows are kept, wrong ones reported by line. */
  "PUT /v1/catalog": {
    readonly callers: "server" | "owner";
    readonly path: NoParameters;
    readonly query: {
      /** `replace` retires what is absent. */
      readonly mode?: string;
      /** `true`: replace even though many items would go. */
      readonly confirm?: string;
    };
    readonly headers: NoParameters;
    readonly body: TextBody;
    readonly answer: {
      readonly format: "csv" | "json" | "ndjson" | "tsv" | "xml";
      readonly accepted: number;
      readonly changed: number;
      readonly removed: number;
      readonly rejected: number;
      readonly defects: readonly {
        readonly line: number;
        readonly detail: string;
        readonly pointer?: string;
      }[];
      readonly ignoredColumns?: readonly string[];
    };
  };
  /** References that no item answered to, the most frequent first, with the pages they came from. */
  "GET /v1/catalog/unmatched": {
    readonly callers: "server" | "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly total: number;
      readonly unmatched: readonly {
        readonly ref: string;
        readonly count: number;
        readonly pages: readonly {
          readonly url: string;
          readonly count: number;
        }[];
        readonly ambiguous?: readonly string[];
      }[];
    };
  };
  /** Items with what is known of each, the most visited first; by words, and by what is amiss. */
  "GET /v1/catalog/items": {
    readonly callers: "server" | "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: {
      /** Words that have to be in the title, id, brand, type, SKU or GTIN. */
      readonly query?: string;
      /** all, cold, never_recommended, out_of_stock, gap; all of them unless said. */
      readonly filter?: string;
      /** `next` of the page before. */
      readonly after?: string;
      /** Items of a page, 50 unless said, 100 at most. */
      readonly limit?: string;
    };
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly items: readonly ItemRow[];
      /** Items that fit, on all pages. */
      readonly total: number;
      /** Items of the whole catalog by filter. */
      readonly counts: {
        readonly all: number;
        readonly cold: number;
        readonly gap: number;
        readonly never_recommended: number;
        readonly out_of_stock: number;
      };
      readonly next: null | string;
    };
  };
  /** An item: what goes with it and why, what may be shown beside it now, and what ties those together. */
  "GET /v1/catalog/items/:id": {
    readonly callers: "server" | "owner" | "marketer" | "analyst";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly lists: readonly {
        readonly list: ListName;
        readonly items: readonly Neighbouring[];
      }[];
      /** What ties the items of the lists to each other. */
      readonly ties: readonly Tie[];
      /** Rules of the config that are about the item itself, whoever visits. */
      readonly rules: readonly {
        readonly rule: string;
        readonly does: string;
      }[];
      /** People beyond this many are not told apart. */
      readonly supportersCap: number;
      readonly item: {
        readonly url?: string;
        readonly image?: string;
        readonly description?: string;
        readonly price?: {
          readonly minor: number;
          readonly currency: string;
        };
        readonly salePrice?: {
          readonly minor: number;
          readonly currency: string;
        };
        /** Pieces that can still be sold; only weighed, and only where a marketer says so. Whether it can be had is `availability`. */
        readonly stock?: number;
        /** Product type as a path. */
        readonly type?: string;
        readonly brand?: string;
        readonly group?: string;
        readonly sku?: string;
        readonly gtin?: string;
        readonly attributes?: {
          readonly [name: string]: string | number | boolean;
        };
        /** Complements the shop itself names. */
        readonly goesWith?: readonly string[];
        /** Days after which a buyer usually needs it again. Absent: it is not replenishable. */
        readonly replenishDays?: number;
        /** Kept out of everything learned from people (health, adult, …). */
        readonly sensitive?: boolean;
        readonly id: string;
        readonly title: string;
        readonly availability: "backorder" | "in_stock" | "out_of_stock" | "preorder";
        /** Whether it can be had at all; the market of a visit may say otherwise. */
        readonly isAvailable: boolean;
        /** Kept out of everything learned. */
        readonly isSensitive: boolean;
        /** Whether enough people saw or bought it for the model to tell of it. */
        readonly isCold: boolean;
        /** Visits that saw it, and different people who bought it, since the model began. */
        readonly visits: Told;
        readonly buyers: Told;
        /** Visits of late: one of three days ago counts half. */
        readonly recentVisits: Told;
        /** Other items whose lists lead to it. */
        readonly reach: number;
        readonly markets?: readonly string[];
      };
      readonly variants: readonly {
        readonly id: string;
        readonly title: string;
      }[];
    };
  };
  /** Why an item is shown in a slot, or is not: the word of each step of the decision. */
  "POST /v1/catalog/why": {
    readonly callers: "server" | "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: WhyRequest;
    readonly answer: {
      readonly outcome: Outcome;
      /** 1-based, where it is shown. */
      readonly place?: number;
      /** Why it may not be shown, in a code of the pipeline. */
      readonly obstacle?: string;
      /** Rules that hold here and now and are about the item, in the config's order; `decisive` settles the outcome. */
      readonly rules: readonly {
        readonly rule: string;
        readonly does: string;
        readonly isDecisive: boolean;
      }[];
      readonly recipes: readonly RecipeWord[];
      readonly max: number;
      readonly min: number;
      readonly item: ItemLabel;
      readonly slot: string;
      readonly configRevision: number;
      readonly picks: readonly {
        readonly id: string;
        readonly title: string;
        readonly image?: string;
        readonly url?: string;
        readonly brand?: string;
        readonly type?: string;
        readonly price?: {
          readonly minor: number;
          readonly currency: string;
        };
        readonly availability: "backorder" | "in_stock" | "out_of_stock" | "preorder";
        /** Whether it can be had at all; the market of a visit may say otherwise. */
        readonly isAvailable: boolean;
        readonly why: Why;
      }[];
    };
  };
  /** How far each recipe has learned, what it covers, how old the model is, and how large. */
  "GET /v1/model": {
    readonly callers: "server" | "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly version: number;
      /** Items that enough people saw or bought to tell of them, and how many that takes. */
      readonly items: number;
      readonly minCustomers: number;
      readonly baskets: number;
      readonly visits: number;
      readonly sessions: number;
      /** Items that can be had, and how many of them are cold. */
      readonly available: number;
      readonly cold: number;
      readonly recipes: readonly RecipeLearning[];
      /** Entries and bytes of each kind of row, as an isolate holds them. */
      readonly rows: readonly {
        readonly row: "coPurchase" | "coVisit" | "sequence" | "tradeUp";
        readonly entries: number;
        readonly bytes: number;
      }[];
      readonly bytes: number;
      readonly publishedAt: null | number;
      readonly profile: "full" | "small";
      readonly shards: number;
      readonly log: {
        readonly version: number;
        readonly slices: number;
        readonly rows: number;
        readonly lagMs: null | number;
        readonly forgottenPending: number;
      };
    };
  };
  /** The marketer's document as it was published; its revision is the ETag. */
  "GET /v1/config": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: {
      /** An older revision's number. */
      readonly revision?: string;
    };
    readonly headers: {
      /** The ETag at hand. */
      readonly "If-None-Match"?: string;
    };
    readonly body: undefined;
    readonly answer: Config;
  };
  /** Publishes the whole document as the next revision, if nobody else published in between. */
  "PUT /v1/config": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: {
      /** `true`: check and lint only. */
      readonly dryRun?: string;
      /** Why, for whoever reads the revisions. */
      readonly message?: string;
    };
    readonly headers: {
      /** The ETag of the revision this change is based on. */
      readonly "If-Match"?: string;
    };
    readonly body: Config;
    readonly answer:
      | {
          readonly valid: boolean;
          readonly lint: readonly Lint[];
        }
      | {
          readonly revision: number;
          readonly lint: readonly Lint[];
        };
  };
  /** Who published what, when and why; the newest first. */
  "GET /v1/config/revisions": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly revisions: readonly {
        readonly revision: number;
        readonly at: number;
        readonly author: string;
        readonly message: string;
      }[];
    };
  };
  /** Publishes an older revision again, as a new one. */
  "POST /v1/config/rollback": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: RollbackRequest;
    readonly answer: {
      readonly revision: number;
    };
  };
  /** The config's JSON Schema, for editors. */
  "GET /v1/schema/config.json": {
    readonly callers: "public";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: Readonly<Record<string, unknown>>;
  };
  /** Configs to start from, by kind of shop. */
  "GET /v1/config/starters": {
    readonly callers: "public";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: Readonly<Record<string, Config>>;
  };
  /** What slots show now beside what they would show with another config: to nobody, a persona, or a customer who agreed. */
  "POST /v1/config/compare": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: CompareRequest;
    readonly answer: {
      readonly slots: readonly {
        readonly slot: string;
        readonly isChanged: boolean;
        readonly before: Before;
        readonly after: Before;
      }[];
    };
  };
  /** Makes a preview link: an invented persona sees a config that is not live. */
  "POST /v1/drafts": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: DraftRequest;
    readonly answer: {
      readonly draft: string;
      readonly expiresAt: number;
    };
  };
  /** Every experiment and holdout with its verdict and what to do now. */
  "GET /v1/experiments": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly experiments: readonly {
        readonly id: string;
        readonly question: null | string;
        readonly status: "draft" | "running" | "stopped";
        readonly verdict: Verdict;
        readonly progress: Progress;
      }[];
    };
  };
  /** How many visitors and days an experiment needs, from the site's own figures. */
  "POST /v1/experiments/plan": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: PlanRequest;
    readonly answer: PlanAnswer;
  };
  /** Takes the step that is proposed for an experiment, or refuses it. */
  "POST /v1/experiments/:id/step": {
    readonly callers: "owner" | "marketer";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: StepRequest;
    readonly answer: {
      readonly revision: null | number;
      readonly approved: boolean;
    };
  };
  /** What personalization earned that would not have been earned otherwise: in total, by slot, rule and experiment. */
  "GET /v1/impact": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly currency: null | string;
      readonly total: null | Impact;
      readonly slots: readonly Slots[];
      readonly rules: readonly Slots[];
      readonly experiments: readonly Impact[];
      readonly unmeasuredShare: null | number;
    };
  };
  /** The verdict, what to do now, and the figures of each variation; right whenever it is read. */
  "GET /v1/experiments/:id": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly experiment: string;
      readonly version: number;
      /** The first line, what to do now, and the sentences behind it. */
      readonly verdict: Verdict;
      /** In the order of the config; the first is the control. */
      readonly variations: readonly {
        readonly variation: string;
        readonly isControl: boolean;
        /** Share of those who take part that this variation should get; a bandit's first one. */
        readonly share: number;
        /** Distinct visitors who saw it. */
        readonly users: number;
        /** Visitors among them with an order in the window. */
        readonly buyers: number;
        readonly orders: number;
        /** Minor units of all its visitors, less what was paid back. */
        readonly revenue: number;
        /** The part of it that visitors spent who had clicked on a pick. Not what picks caused: many would have bought anyway. */
        readonly attributed: number;
        /** Mean per visitor, share of visitors, or ratio, by metric. */
        readonly figures: {
          readonly click_rate?: null | number;
          readonly clicks?: null | number;
          readonly conversion?: null | number;
          readonly in_store_revenue?: null | number;
          readonly margin?: null | number;
          readonly opt_out_rate?: null | number;
          readonly order_value?: null | number;
          readonly orders?: null | number;
          readonly refunds?: null | number;
          readonly revenue?: null | number;
          readonly units?: null | number;
          readonly units_per_order?: null | number;
        };
      }[];
      /** Whether visitors were split as configured. Where it blocks, the differences mean nothing. */
      readonly split: {
        /** Right however often it is looked at; `null` where shares change by themselves, as a bandit's do. */
        readonly p: null | number;
        readonly threshold: number;
        /** Whether the figures must not be compared. */
        readonly blocks: boolean;
      };
      /** The first one decides. */
      readonly goals: readonly {
        readonly metric: MetricName;
        /** Not what is to be won, but what must not be lost on the way. */
        readonly guardrail: boolean;
        readonly unit: "count" | "money" | "share";
        readonly better: "less" | "more";
        /** Each variation against the control. */
        readonly comparisons: readonly Comparisons[];
      }[];
      readonly progress: Progress;
      readonly looks: readonly {
        readonly at: number;
        readonly users: number;
        /** Share of the plan's visitors who had come, where this was a step of it and spent some of its error. */
        readonly fraction?: number;
        readonly comparisons: readonly Comparisons[];
      }[];
      readonly id: string;
      readonly question: null | string;
      readonly status: "draft" | "running" | "stopped";
      readonly bandit?: {
        readonly goal: "click_rate" | "conversion" | "margin" | "revenue";
        readonly variations: readonly BanditFigure[];
        readonly turns: readonly {
          readonly at: number;
          readonly shares: {
            readonly [name: string]: number;
          };
        }[];
      };
      readonly proposal: null | {
        readonly action: "promote" | "stop" | "stop_variation";
        /** Whom it is about; of `stop` nobody in particular. */
        readonly variation?: string;
        /** Why, for the marketer and the audit log. */
        readonly reason: string;
        /** `auto`: it may happen now. `propose`: a marketer says. */
        readonly permission: "auto" | "propose";
        readonly at: number;
        readonly isRefused: boolean;
      };
      readonly unmeasuredShare: null | number;
    };
  };
  /** What this site is and has: origins, catalog, model, events of the last days. */
  "GET /v1/site": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly siteId: string;
      readonly kind: "bench" | "live";
      readonly origins: readonly string[];
      readonly configRevision: number;
      readonly catalog: {
        readonly items: number;
        readonly version: number;
      };
      readonly model: {
        readonly learnedVersion: number;
        readonly servedVersion: number;
        readonly items: number;
        readonly minCustomers: number;
      };
      readonly customers: number;
      readonly feed: null | {
        readonly at: number;
        readonly outcome: string;
      };
      readonly daily: readonly {
        readonly name: string;
        readonly part: string;
        readonly metric: string;
        readonly value: number;
      }[];
      readonly slots: readonly {
        readonly name: string;
        readonly part: string;
        readonly metric: string;
        readonly value: number;
      }[];
    };
  };
  /** Stages a file of orders, customers, surveys, reviews, notes or events: checks everything, commits nothing yet. */
  "POST /v1/import/:kind": {
    readonly callers: "server" | "owner" | "associate";
    readonly path: { readonly kind: string };
    readonly query: {
      /** Column mapping, legal basis and formats, as JSON */
      readonly options?: string;
    };
    readonly headers: NoParameters;
    readonly body: TextBody;
    readonly answer: RunReport;
  };
  /** Commits a staged run, chunk by chunk; killed anywhere it goes on. */
  "POST /v1/imports/:run/commit": {
    readonly callers: "server" | "owner" | "associate";
    readonly path: { readonly run: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: CommitRequest;
    readonly answer: RunReport;
  };
  /** How a run stands: what was accepted, repeated, refused and withheld. */
  "GET /v1/imports/:run": {
    readonly callers: "server" | "owner" | "associate";
    readonly path: { readonly run: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: RunReport;
  };
  /** The latest runs. */
  "GET /v1/imports": {
    readonly callers: "server" | "owner" | "associate";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly imports: readonly {
        readonly counts: Counts;
        /** Entries without a basis for a purpose: kept as transaction, or refused, unless the customer granted it themselves. */
        readonly withheldIfCommitted: WithheldIfCommitted;
        readonly run: string;
        readonly kind: "customers" | "events" | "notes" | "orders" | "reviews" | "surveys";
        readonly status: RunStatus;
        readonly fileHash: string;
        readonly bases: {
          readonly analytics?: Analytics2;
          readonly clienteling?: Analytics2;
          readonly life_events?: Analytics2;
          readonly marketing?: Analytics2;
          readonly personalization?: Analytics2;
          readonly transaction?: Analytics2;
        };
        readonly createdAt: number;
        /** A run that is not committed by then is cleared. */
        readonly expiresAt?: number;
        readonly committedAt?: number;
        readonly finishedAt?: number;
        readonly progress?: {
          readonly chunks: number;
          readonly done: number;
        };
        readonly outcome?: {
          readonly accepted: number;
          /** Known already, from another file or another channel. */
          readonly duplicates: number;
          /** Known already when a chunk was begun again after a stop: taken in before it, by this run or another. */
          readonly repeated: number;
          readonly rejected: {
            readonly [name: string]: number;
          };
          /** Events kept as transaction only, by the purpose they may not serve. */
          readonly withheld: WithheldIfCommitted;
          /** Events whose customers could not be reached for a whole day. */
          readonly failed: number;
        };
      }[];
    };
  };
  /** Which shop platforms may send orders here, and to which address. */
  "GET /v1/hooks": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly shopify: {
        readonly address: string;
        readonly hasSecret: boolean;
      };
      readonly woocommerce: {
        readonly address: string;
        readonly secret: string;
      };
      readonly latest: readonly {
        readonly platform: string;
        readonly topic: string;
        readonly count: number;
        readonly at: number;
        readonly outcome: string;
      }[];
    };
  };
  /** Sets the secret that Shopify signs with. */
  "PUT /v1/hooks/shopify": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: ShopifySecret;
    readonly answer: {
      readonly address: string;
      readonly hasSecret: boolean;
    };
  };
  /** Makes the secret to paste into WooCommerce, and shows it. */
  "PUT /v1/hooks/woocommerce": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: WooCommerceRotate;
    readonly answer: {
      readonly address: string;
      readonly secret: string;
    };
  };
  /** Takes a signed Shopify webhook. */
  "POST /v1/hooks/shopify/:site": {
    readonly callers: "public";
    readonly path: { readonly site: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: TextBody;
    readonly answer:
      | {
          readonly ignored: boolean;
        }
      | HookOutcome;
  };
  /** Takes a signed WooCommerce webhook. */
  "POST /v1/hooks/woocommerce/:site": {
    readonly callers: "public";
    readonly path: { readonly site: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: TextBody;
    readonly answer:
      | {
          readonly ignored: boolean;
        }
      | HookOutcome;
  };
  /** Adds a webhook, or changes one; the secret is told when it is added. */
  "PUT /v1/webhooks/:id": {
    readonly callers: "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: EndpointRequest;
    readonly answer: PutWebhookAnswer | PutWebhookAnswer2;
  };
  /** The site's webhooks, and how they do. */
  "GET /v1/webhooks": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly webhooks: readonly PutWebhookAnswer[];
    };
  };
  /** Removes a webhook and everything queued for it. */
  "DELETE /v1/webhooks/:id": {
    readonly callers: "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: undefined;
  };
  /** Makes a new secret; the old one signs beside it for the grace. */
  "POST /v1/webhooks/:id/rotate": {
    readonly callers: "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: WebhookRotateRequest;
    readonly answer: PutWebhookAnswer2;
  };
  /** Sends a test delivery now. */
  "POST /v1/webhooks/:id/test": {
    readonly callers: "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: PostWebhookTestAnswer;
  };
  /** Deliveries: recent outcomes, waiting, or parked. */
  "GET /v1/webhooks/deliveries": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: {
      /** recent (default), waiting or parked */
      readonly state?: string;
    };
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer:
      | {
          readonly totals: {
            readonly parked: number;
            readonly waiting: number;
          };
          readonly tries: readonly PostWebhookTestAnswer[];
        }
      | {
          readonly totals: {
            readonly parked: number;
            readonly waiting: number;
          };
          readonly deliveries: readonly {
            readonly endpoint: string;
            /** The notice's id: what the receiver tells repeats by. */
            readonly id: string;
            readonly state: DeliveryState;
            /** When it is tried next; for a parked one, since when it is. */
            readonly nextAt: number;
            readonly type: NoticeType;
            readonly queuedAt: number;
            /** Tries made. */
            readonly tries: number;
          }[];
        };
  };
  /** Sends parked deliveries again, under the ids they had. */
  "POST /v1/webhooks/deliveries/replay": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: ReplayRequest;
    readonly answer: {
      readonly replayed: number;
    };
  };
  /** Whose key this is, and what its role is. */
  "GET /v1/session": {
    readonly callers: "server" | "owner" | "marketer" | "analyst" | "associate";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly site: string;
      readonly kind: "bench" | "live";
      readonly origins: readonly string[];
      readonly role: "analyst" | "associate" | "marketer" | "owner" | "page" | "server";
      readonly label: string;
      readonly expiresAt: null | number;
      readonly currency?: string;
    };
  };
  /** The live keys, each with role, label, end and the day it was last used; never the key itself. */
  "GET /v1/keys": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly keys: readonly {
        readonly id: string;
        readonly kind: KeyKind;
        readonly role: "analyst" | "associate" | "marketer" | "owner" | "page" | "server";
        readonly label: string;
        readonly createdAt: number;
        readonly expiresAt: null | number;
        readonly lastUsedDay: null | number;
      }[];
    };
  };
  /** Makes a key of a role and shows it, this once. */
  "POST /v1/keys": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: KeyRequest;
    readonly answer: {
      readonly id: string;
      readonly kind: KeyKind;
      readonly role: "analyst" | "associate" | "marketer" | "owner" | "page" | "server";
      readonly label: string;
      readonly createdAt: number;
      readonly expiresAt: null | number;
      readonly lastUsedDay: null | number;
      readonly key: string;
    };
  };
  /** Says why the secret that names everything cannot change, and what can. */
  "POST /v1/keys/naming/rotate": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: unknown;
  };
  /** Makes a key of the same kind, role and label; the old one ends after the grace. */
  "POST /v1/keys/:id/rotate": {
    readonly callers: "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: RotateRequest;
    readonly answer: {
      readonly id: string;
      readonly kind: KeyKind;
      readonly role: "analyst" | "associate" | "marketer" | "owner" | "page" | "server";
      readonly label: string;
      readonly createdAt: number;
      readonly expiresAt: null | number;
      readonly lastUsedDay: null | number;
      readonly key: string;
      readonly replaces: {
        readonly id: string;
        readonly expiresAt: number;
      };
    };
  };
  /** Ends a key, everywhere within 5 seconds. */
  "DELETE /v1/keys/:id": {
    readonly callers: "owner";
    readonly path: { readonly id: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly id: string;
      readonly revoked: boolean;
    };
  };
  /** Replaces the origins whose pages may use the write keys. */
  "PUT /v1/origins": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: OriginsRequest;
    readonly answer: {
      readonly origins: readonly string[];
    };
  };
  /** The keys that sign customers' identities, without their secrets. */
  "GET /v1/identity-keys": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly keys: readonly Keys[];
    };
  };
  /** Makes a key for the shop's server to sign its customers' identities with, or takes its public one. */
  "POST /v1/identity-keys": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: IdentityKeyRequest;
    readonly answer: PostIdentityKeysAnswer | Keys;
  };
  /** One identity key, for HS256 with its secret; that it was shown is noted. */
  "GET /v1/identity-keys/:kid": {
    readonly callers: "owner";
    readonly path: { readonly kid: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: Keys | PostIdentityKeysAnswer;
  };
  /** Ends an identity key: what it signed is no longer believed. */
  "DELETE /v1/identity-keys/:kid": {
    readonly callers: "owner";
    readonly path: { readonly kid: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly kid: string;
      readonly revoked: boolean;
    };
  };
  /** Who changed what and when, the newest first. */
  "GET /v1/audit": {
    readonly callers: "owner";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly entries: readonly {
        readonly at: number;
        readonly actor: string;
        readonly act: string;
      }[];
    };
  };
  /** What the shop's own data lacks: items, amounts, agreement between channels, a use for its facts. */
  "GET /v1/quality": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly unmatchedReferences: {
        readonly today: number;
        readonly details: string;
      };
      readonly contradictoryOrders: number;
      readonly conflictingEvents: number;
      readonly missing: {
        readonly [name: string]: number;
      };
      readonly traits: readonly {
        readonly trait: string;
        readonly told: number;
        readonly isUsed: boolean;
      }[];
      readonly neverUsed: readonly string[];
    };
  };
  /** Makes a site and its owner, server and write keys, told this once. */
  "POST /v1/sites": {
    readonly callers: "operator";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: SitesRequest;
    readonly answer: {
      readonly siteId: string;
      readonly origin: string;
      readonly adminKey: string;
      readonly serverKey: string;
      readonly writeKey: string;
    };
  };
  /** That the Worker runs. */
  "GET /health": {
    readonly callers: "public";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly status: string;
    };
  };
  /** That requests can be served: the settings can be read, and an object answers from its storage. */
  "GET /ready": {
    readonly callers: "public";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly status: string;
    };
  };
  /** What this isolate counted since it began: requests, refusals, slots, events, lag. */
  "GET /metrics": {
    readonly callers: "operator";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: string;
  };
  /** That this server abides by Global Privacy Control. */
  "GET /.well-known/gpc.json": {
    readonly callers: "public";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly gpc: boolean;
      readonly lastUpdate: string;
    };
  };
  /** Every flag for one person, by the OpenFeature Remote Evaluation Protocol; errors are told by it too. */
  "POST /ofrep/v1/evaluate/flags": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: {
      /** The ETag at hand. */
      readonly "If-None-Match"?: string;
      /** The key, instead of Authorization. */
      readonly "X-API-Key"?: string;
    };
    readonly body: OfrepRequest;
    readonly answer:
      | {
          readonly flags: readonly (Resolved | Unresolved)[];
        }
      | {
          readonly at: string;
          readonly error: string;
        };
  };
  /** One flag for one person, by the OpenFeature Remote Evaluation Protocol; errors are told by it too. */
  "POST /ofrep/v1/evaluate/flags/:key": {
    readonly callers: "page" | "server";
    readonly path: { readonly key: string };
    readonly query: NoParameters;
    readonly headers: {
      /** The key, instead of Authorization. */
      readonly "X-API-Key"?: string;
    };
    readonly body: OfrepRequest;
    readonly answer: Resolved;
  };
  /** Every flag with its rules, for SDKs that evaluate by themselves. */
  "GET /v1/features": {
    readonly callers: "page" | "server";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: {
      /** The ETag at hand. */
      readonly "If-None-Match"?: string;
    };
    readonly body: undefined;
    readonly answer: GetFeaturesAnswer;
  };
  /** The same at the address that GrowthBook SDKs call. */
  "GET /api/features/:clientKey": {
    readonly callers: "page" | "server";
    readonly path: { readonly clientKey: string };
    readonly query: NoParameters;
    readonly headers: {
      /** The ETag at hand. */
      readonly "If-None-Match"?: string;
    };
    readonly body: undefined;
    readonly answer: GetFeaturesAnswer;
  };
  /** What all customers together are worth: range, parts, movement, potential, and what personalization caused. */
  "GET /v1/equity": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly asOf: number;
      readonly model: null | {
        readonly version: number;
        readonly fittedAt: number;
        readonly customers: number;
        readonly repeaters: number;
        readonly currency: string;
        readonly orders: OrderParams;
        readonly spend: null | {
          readonly p: number;
          readonly q: number;
          readonly v: number;
        };
        readonly marginShare: number;
        readonly meanOrderMinor: number;
      };
      readonly movement: readonly {
        readonly currency: string;
        readonly days: readonly (
          | Days
          | {
              readonly withheld: true;
              readonly day: number;
            }
        )[];
        /** Over all days; `null` for fewer than two of them. */
        readonly total:
          | null
          | Days
          | {
              readonly withheld: true;
            };
      }[];
      readonly prioritising: Readonly<Record<string, unknown>>;
    } & Equity;
  };
  /** The customers who are worth most, by the shop's own ids. */
  "GET /v1/equity/top": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly customers: readonly {
        readonly currency: string;
        /** What they brought so far: net revenue, and what the shop kept of it where costs are known. */
        readonly revenueMinor: number;
        readonly marginMinor: null | number;
        readonly recencyDays: number;
        /** Version of the model that the rest is scored by; `null`: there is none yet, and then the rest is `null` too. */
        readonly version: null | number;
        /** `null` in another currency than the model's: its money cannot be compared. */
        readonly rfm: null | Rfm;
        /** Orders (days with an order) within the horizon. */
        readonly expectedOrders: null | number;
        /** Chance that none comes within the horizon. */
        readonly churn: null | number;
        /** Chance that they are a customer still, whenever they come again. Not for winning back: see `winBack`. */
        readonly alive: null | number;
        /** What one order day brings, on average. `null` in another currency than the model's. */
        readonly orderValueMinor: null | number;
        /** Expected margin within the horizon, discounted. */
        readonly clvMinor: null | number;
        /** Variance of that margin, in squared minor units. */
        readonly clvVariance?: number;
        /** Whom to win back first: expected orders. The chance to be alive of BG/NBD is 1 for whoever never came back, and ranks worse than chance (AUC .316 on CDNOW against .773). */
        readonly winBack: null | number;
        readonly customerId: null | string;
      }[];
    };
  };
  /** Predictions of the last days, made without knowing them, against what came. */
  "GET /v1/equity/calibration": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: {
      /** How many days, 90 unless said. */
      readonly days?: string;
    };
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer:
      | {
          readonly days: number;
          readonly model: null;
          readonly sentence: string;
        }
      | {
          readonly days: number;
          readonly model: {
            /** Customers it was fitted from, and how many of them came back. */
            readonly customers: number;
            readonly repeaters: number;
            readonly currency: string;
            readonly orders: Orders | Orders2;
            readonly spend?: null | {
              readonly p: number;
              readonly q: number;
              readonly v: number;
            };
          };
          readonly orders: Orders3;
          readonly money: Orders3;
        };
  };
  /** Each segment with its size and value, and what segments have in common. */
  "GET /v1/segments": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly titles: {
        readonly [name: string]: string;
      };
    } & SegmentSizes;
  };
  /** What a segment would be, before it is published: its size, value and overlaps. */
  "POST /v1/segments/preview": {
    readonly callers: "owner" | "marketer";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: SegmentPreviewRequest;
    readonly answer: SegmentPreview;
  };
  /** Decisions, events, orders and revenue by day, looks and clicks by slot, the model's state, the ledger's lag. */
  "GET /v1/pulse": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly days: readonly {
        readonly events: number;
        readonly orders: number;
        readonly revenue: {
          readonly [name: string]: number;
        };
        readonly day: string;
        readonly decisions: {
          readonly measured: number;
          readonly unmeasured: number;
        };
      }[];
      readonly slots: readonly Readonly<Record<string, unknown>>[];
      readonly model: {
        readonly items: number;
        readonly catalogItems: number;
        readonly coverage: number;
        readonly learnedVersion: number;
        readonly servedVersion: number;
        readonly logRows: number;
        readonly lagMs?: number;
      };
      readonly ledger: {
        readonly p50Ms: number;
        readonly p99Ms: number;
        readonly reports: number;
        readonly owed: number;
      };
    };
  };
  /** What people just looked at, clicked, put into the cart and bought; never who. */
  "GET /v1/live": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: {
      /** The `seq` of the answer before. */
      readonly after?: string;
    };
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly seq: number;
      readonly acts: readonly {
        readonly at: number;
        readonly kind: "buy" | "cart" | "click" | "view";
        readonly seq: number;
        readonly items: readonly {
          readonly id: string;
          readonly title: string;
        }[];
      }[];
    };
  };
  /** Each trigger with how often it fired in the last 30 days, and why it did not. */
  "GET /v1/triggers": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: {
      readonly days: number;
      readonly triggers: readonly {
        readonly id: string;
        readonly title: string;
        readonly isEnabled: boolean;
        readonly when:
          | "absence"
          | "anniversary"
          | "back_in_stock"
          | "cart_abandoned"
          | "event"
          | "first_purchase_in"
          | "life_event"
          | "price_drop"
          | "replenishment_due"
          | "segment_entered"
          | "segment_left"
          | "sequence";
        readonly purpose:
          | "analytics"
          | "clienteling"
          | "life_events"
          | "marketing"
          | "personalization"
          | "transaction";
        readonly fired: number | Withheld;
        readonly lapsed: {
          readonly [name: string]: number | Withheld;
        };
      }[];
    };
  };
  /** Cohorts, journeys, sources, what is looked at before buying, whether the best are looked after, groups found in the data. */
  "GET /v1/insight/:name": {
    readonly callers: "owner" | "marketer" | "analyst";
    readonly path: { readonly name: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: Cohorts | Journeys | Sources | Before2 | Prioritising | ConsentShares;
  };
  /** A table of everybody whom consent lets out: events, customers, decisions or outcomes; or the catalog's items. */
  "GET /v1/export/:kind": {
    readonly callers: "owner" | "analyst";
    readonly path: { readonly kind: string };
    readonly query: {
      /** `ndjson` (as it is without) or `parquet`. */
      readonly format?: string;
      /** From this day or moment. */
      readonly from?: string;
      /** Before this day or moment. */
      readonly until?: string;
      /** Customers in one file, up to 900. */
      readonly customers?: string;
      /** The header `concierge-next` of the file before. */
      readonly after?: string;
    };
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: string;
  };
  /** What has changed in a segment's audience since an ad platform was told last: hashed, with consent. */
  "POST /v1/audiences/:segment": {
    readonly callers: "owner" | "marketer";
    readonly path: { readonly segment: string };
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: AudienceRequest;
    readonly answer: string;
  };
  /** This description. */
  "GET /openapi.json": {
    readonly callers: "public";
    readonly path: NoParameters;
    readonly query: NoParameters;
    readonly headers: NoParameters;
    readonly body: undefined;
    readonly answer: Record<string, unknown>;
  };
}
