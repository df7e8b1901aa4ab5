import type { Plugin } from "esbuild";

/** What stands in for the browser's own, as the text of a function; `real` is the browser's. */
type Defect = {
  readonly what: string;
  readonly fetch?: string;
  readonly setItem?: string;
};

/** Gives the events of a body other ids, of the form that the snippet's have had. */
const RENAME = `(text) => JSON.stringify(JSON.parse(text), (name, value) => {
  if (name == "events") for (const event of value) event.id = Math.random().toString(36).slice(2).padEnd(12, "0").slice(0, 12) + "-1";
  return value;
})`;

/** Defects that the runner has to notice, else its zeros mean nothing. */
export const PLANTS = {
  "no-keepalive": {
    what: "requests end with the page",
    fetch: `(url, init) => real(url, { ...init, keepalive: false })`,
  },
  "no-storage": {
    what: "nothing is kept before it is sent",
    setItem: `(name, text) => name.includes("queue") || real(name, text)`,
  },
  "new-ids": {
    what: "each attempt gives events new ids",
    fetch: `(url, init) => real(url, { ...init, body: (${RENAME})(init.body) })`,
  },
  preflight: {
    what: "a header makes the browser ask first",
    fetch: `(url, init) => real(url, { ...init, headers: { "content-type": "application/json" } })`,
  },
} as const satisfies Readonly<Record<string, Defect>>;

export type Plant = keyof typeof PLANTS;

export const isPlant = (name: string): name is Plant => Object.hasOwn(PLANTS, name);

/**
 * Plants a defect while the snippet is built: around the script the names `fetch` and `localStorage` mean something else.
 * Nothing of the snippet's source is touched, so that rewriting it leaves the plants alive.
 */
export function plugin({ what, fetch = "real", setItem = "real" }: Defect): Plugin {
  return {
    name: `plant: ${what}`,
    setup({ initialOptions }) {
      initialOptions.banner = { js: "((fetch, localStorage) => {" };
      initialOptions.footer = {
        js: `})(
          ((real) => ${fetch})(window.fetch.bind(window)),
          new Proxy(window.localStorage, {
            get(store, name) {
              const own = store[name];
              if (typeof own != "function") return own;
              const real = own.bind(store);
              return name == "setItem" ? ${setItem} : real;
            },
          }),
        );`,
      };
    },
  };
}
