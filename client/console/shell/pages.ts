import type { ComponentType } from "preact";
import type { PersonRole } from "../../../src/core/access/role.ts";
import { WORDS } from "../words/shell.ts";

/** A page of the console. What it needs is loaded when it is opened. */
export type PageEntry = {
  /** First step of its address: `#/<path>`. */
  readonly path: keyof typeof WORDS.pages;
  readonly group: keyof typeof WORDS.groups;
  readonly roles: readonly PersonRole[];
  readonly load: () => Promise<{ readonly Page: ComponentType<{ params: readonly string[] }> }>;
};

const EVERYBODY: readonly PersonRole[] = ["owner", "marketer", "analyst", "associate"];
const REPORTS: readonly PersonRole[] = ["owner", "marketer", "analyst"];
const MARKETERS: readonly PersonRole[] = ["owner", "marketer"];

/** Every page, in the order of the menu. */
export const PAGES: readonly PageEntry[] = [
  { path: "overview", group: "see", roles: REPORTS, load: () => import("../pages/overview/page.tsx") },
  { path: "slots", group: "steer", roles: MARKETERS, load: () => import("../pages/slots/page.tsx") },
  {
    path: "experiments",
    group: "steer",
    roles: REPORTS,
    load: () => import("../pages/experiments/page.tsx"),
  },
  { path: "segments", group: "know", roles: REPORTS, load: () => import("../pages/segments/page.tsx") },
  {
    path: "customers",
    group: "know",
    roles: ["owner", "associate"],
    load: () => import("../pages/customers/page.tsx"),
  },
  { path: "catalog", group: "know", roles: REPORTS, load: () => import("../pages/catalog/page.tsx") },
  { path: "deliveries", group: "run", roles: EVERYBODY, load: () => import("../pages/deliveries/page.tsx") },
  { path: "privacy", group: "run", roles: MARKETERS, load: () => import("../pages/privacy/page.tsx") },
];

/** Where an address leads: the page's path and what comes behind it. @example placeOf("#/customers/42") // ["customers", "42"] */
export function placeOf(hash: string): readonly string[] {
  return hash
    .replace(/^#\/?/, "")
    .split("/")
    .filter((step) => step !== "")
    .map((step) => {
      try {
        return decodeURIComponent(step);
      } catch {
        return step;
      }
    });
}

/** Address of a place. @example addressOf("customers", "a/b") // "#/customers/a%2Fb" */
export const addressOf = (...steps: readonly string[]): string =>
  `#/${steps.map(encodeURIComponent).join("/")}`;
