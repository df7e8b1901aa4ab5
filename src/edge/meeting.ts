import { resolve } from "../core/catalog/resolve.ts";
import { PURPOSES, type Purpose } from "../core/consent/consent.ts";
import { compileConfig } from "../core/config/compile.ts";
import { readConfig } from "../core/config/read.ts";
import type { Circumstances } from "../core/decide/scene.ts";
import { joinWorld, type World } from "../core/decide/world.ts";
import type { ItemRef, Line, Page } from "../core/event/event.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { viewOfNobody, type View } from "../core/profile/view.ts";
import type { EventAnswer } from "../core/wire/decide.ts";
import type { Problem } from "../core/problem/problem.ts";
import type { Access } from "../http/access.ts";
import type { Env } from "../env.ts";
import { draftAt } from "./draft-adapter.ts";
import { isTooBusy } from "./bots.ts";
import { noteObjectCall } from "./budget.ts";
import { intake, mergeVisitor, rejected } from "./intake.ts";
import { hearView, knownView } from "./known-views.ts";
import { objectId } from "./names.ts";
import {
  findPerson,
  isDegradation,
  shownBy,
  newVisitor,
  originOf,
  type Asker,
  type Person,
} from "./person.ts";

/** What decide and rank have in common: who asks, under which consent, in which circumstances. */
type Asked = {
  readonly visitorId?: string | undefined;
  readonly newcomer?: string | undefined;
  readonly customerId?: string | undefined;
  readonly identity?: string | undefined;
  readonly consent?: { readonly [purpose: string]: unknown } | undefined;
  readonly sentAt?: unknown;
  readonly events?: readonly unknown[] | undefined;
  readonly draft?: string | undefined;
  readonly page?: (Page & { item?: ItemRef | undefined }) | undefined;
  readonly market?: string | undefined;
  readonly locale?: string | undefined;
  readonly device?: string | undefined;
  readonly cart?: readonly Line[] | undefined;
  readonly exclude?: readonly ItemRef[] | undefined;
  /** What is stored of their consent speaks for whoever a cookie shows; nobody is made out of a page that only loads. */
  readonly isByRecord?: boolean | undefined;
};

export type Meeting = {
  readonly person: Person | undefined;
  /** Absent: not permitted, or nobody. */
  readonly view: View | undefined;
  readonly events: readonly EventAnswer[];
  readonly world: World;
  readonly withheld: readonly Purpose[];
  /** Why nobody was met although somebody may be there: a bot, a flood, or a site that has used up its day. */
  readonly degraded?: string | undefined;
};

const TOO_BUSY: Problem = {
  code: "bot_suspected",
  detail: "This visitor decides more often than a person can: nothing is kept of it for ten minutes.",
};

const DECIDING: readonly Purpose[] = ["personalization", "analytics"];

/**
 * Brings request and customer together, in at most one call to the customer's object: events first where there are any,
 * else only a look. A page without the grant meets nobody, and no object wakes.
 */
export async function meet(asker: Asker, access: Access, asked: Asked): Promise<Result<Meeting>> {
  const { env, kind, siteId } = asker;
  const { site } = access;
  const consent = asked.consent ?? {};
  const raw = asked.events ?? [];
  if (asked.draft !== undefined) return meetPersona(env, siteId, access, asked.draft);
  const shown = asked.isByRecord ? await shownBy(asker) : undefined;
  const mayAsk =
    consent["personalization"] === true ||
    ((kind === "sk" || shown !== undefined) && consent["personalization"] !== false);
  if (!mayAsk && raw.length === 0)
    return succeed({ person: undefined, view: undefined, events: [], world: site.world, withheld: DECIDING });
  const isMachine =
    kind === "pk" && asked.visitorId !== undefined && isTooBusy(env, siteId, asked.visitorId, Date.now());
  const found = isMachine
    ? fail(TOO_BUSY)
    : await findPerson(asker, { ...asked, ...shown, consent, origin: originOf(asked.newcomer, raw) });
  if (!found.ok && isDegradation(found.problem)) {
    const { problem } = found;
    const events = raw.map((event) => rejected(event, problem));
    return succeed({
      person: undefined,
      view: undefined,
      events,
      world: site.world,
      withheld: DECIDING,
      degraded: problem.code,
    });
  }
  if (!found.ok) return found;
  let person = found.value;
  let view: View | undefined;
  let events: readonly EventAnswer[] = [];
  // A denial is kept whatever it comes with: a browser's own signal counts for the whole customer, also on a mere look.
  const denies = PURPOSES.some((purpose) => consent[purpose] === false);
  if (raw.length > 0 || (denies && person && !person.isFresh)) {
    const taken = await intake(asker, site, {
      person,
      consent,
      events: raw,
      sentAt: asked.sentAt,
      wantsView: mayAsk,
      source: kind === "sk" ? "server" : "snippet",
    });
    ({ answers: events, person } = taken);
    view = mayAsk ? taken.view : undefined;
  } else if (person?.isFresh) {
    view = firstView(consent);
  } else if (person && mayAsk) {
    await mergeVisitor(env, siteId, site, person);
    noteObjectCall(siteId);
    const object = person.objectId.toString();
    const known = knownView(object);
    const said = await env.CUSTOMER.get(person.objectId).viewUnless(known?.mark, consent, person.deviceId);
    const looked = hearView(object, known, said, Date.now());
    if (looked === "joined") person = await newVisitor(asker, `after ${person.unit}`);
    if (looked === "unknown" || looked === "joined")
      view = consent["personalization"] === true ? firstView(consent) : undefined;
    else view = looked === "denied" ? undefined : looked;
  }
  const permitted = new Set(view?.permitted);
  return succeed({
    person,
    view,
    events,
    world: site.world,
    withheld: DECIDING.filter((purpose) => !permitted.has(purpose)),
  });
}

/** A visitor of whom nothing is stored yet, under the consent that this very request brings. */
const firstView = (consent: { readonly [purpose: string]: unknown }): View | undefined =>
  viewOfNobody(
    {},
    DECIDING.filter((purpose) => consent[purpose] === true),
    Date.now(),
  );

/** A preview: the draft's config and its invented persona; nobody real, nothing stored, nothing counted. */
async function meetPersona(env: Env, siteId: string, access: Access, id: string): Promise<Result<Meeting>> {
  const draft = await draftAt(env, await objectId(env, "draft", siteId, id)).look();
  const stored =
    draft && draft.site === siteId && draft.expiresAt > Date.now()
      ? await env.SITE.get(await objectId(env, "site", siteId, "")).draft(draft.draft)
      : undefined;
  if (!draft || stored === undefined)
    return fail({
      code: "draft_unknown",
      pointer: "/draft",
      detail: "There is no such preview, or it has expired.",
      cure: "Make a new one with POST /v1/drafts.",
    });
  const { catalog, model } = access.site.world;
  const world = joinWorld(compileConfig(readConfig(JSON.parse(stored)), 0), catalog, model);
  const now = Date.now();
  const persona = draft.persona as {
    viewed?: readonly string[];
    cart?: readonly string[];
    traits?: Record<string, string | number | boolean>;
  };
  const viewed = persona.viewed ?? [];
  const given = {
    recent: viewed.map((item, i) => ({ item, kind: "view" as const, at: now - 1000 * (viewed.length - i) })),
    cart: new Map((persona.cart ?? []).map((item) => [item, { quantity: 1, at: now }])),
    traits: new Map(
      Object.entries(persona.traits ?? {}).map(([name, value]) => [
        name,
        { value, at: now, source: "preview", isOwnWord: false },
      ]),
    ),
  };
  return succeed({
    person: undefined,
    view: viewOfNobody(given, ["personalization"], now),
    events: [],
    world,
    withheld: ["analytics"],
  });
}

/** The catalog ordinal a reference stands for, or -1. */
export function resolveRef(world: World, ref: ItemRef): number {
  const found = resolve(world.catalog.resolver, ref);
  return "item" in found ? (world.catalog.ordinal.get(found.item) ?? -1) : -1;
}

/** A request's circumstances with references resolved; what the catalog does not know is left out. */
export function circumstancesOf(asked: Asked, world: World, now: EpochMs): Circumstances {
  const idOf = (ref: ItemRef): string | undefined => world.catalog.items[resolveRef(world, ref)]?.id;
  const { item, ...page } = asked.page ?? {};
  const current = item === undefined ? undefined : idOf(item);
  const known = Object.fromEntries(Object.entries(page).filter(([, value]) => value !== undefined));
  return {
    now,
    page: { ...known, ...(current === undefined ? {} : { item: current }) },
    market: asked.market?.toLowerCase(),
    locale: asked.locale,
    device: asked.device,
    cart: asked.cart?.flatMap((line) => {
      const id = idOf(line.item);
      return id === undefined ? [] : [{ item: id, quantity: line.quantity }];
    }),
    exclude: (asked.exclude ?? []).map(idOf).filter((id) => id !== undefined),
  };
}
