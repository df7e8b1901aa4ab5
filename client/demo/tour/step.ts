import type { DecideAnswer } from "../../../src/core/wire/decide.ts";
import type { Site } from "../site.ts";

/** A decision of this page, and how long it took from request to answer, in milliseconds. */
export type Decided = { readonly answer: DecideAnswer; readonly tookMs: number };

/** Where to look: the element, found when asked for, and what is done to it beyond pointing. */
export type Look = {
  readonly label: string;
  readonly find: () => HTMLElement | null | undefined;
  readonly then?: (found: HTMLElement) => void;
};

/** What a step works with, as long as it is the current one. */
export type Scene = {
  readonly site: Site;
  /** Replaces the buttons. */
  readonly offer: (...acts: readonly HTMLElement[]) => void;
  /** Says in one sentence what happened, and where to look. */
  readonly happened: (sentence: string, look?: Look) => void;
  /** Hears of this page's decisions: of the latest at once, if there is one. */
  readonly onDecided: (listener: (decided: Decided) => void) => void;
  /** What an earlier page of this step left behind. */
  readonly memo: () => string | undefined;
  readonly keep: (memo: string) => void;
  /** Ends when the step is left. */
  readonly signal: AbortSignal;
};

/** One thing the tour shows. It happens for real, on the page it is about. */
export type Step = {
  readonly title: string;
  readonly text: string;
  /** Where it takes place, and what a link there says. */
  readonly at: string;
  readonly go: string;
  readonly isHere: (place: URL) => boolean;
  readonly enter: (scene: Scene) => void | Promise<void>;
};

export const KETTLE_PAGE = "/demo/product.html?id=kettle-brook-sage";

export const isKettlePage = ({ pathname, searchParams }: URL): boolean =>
  pathname === "/demo/product.html" && searchParams.get("id") === "kettle-brook-sage";

export const isHome = ({ pathname }: URL): boolean => /^\/demo\/(index\.html)?$/.test(pathname);

export const isAccount = ({ pathname }: URL): boolean => pathname === "/demo/account.html";
