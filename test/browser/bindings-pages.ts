import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build, type BuildOptions, type Loader } from "esbuild";
import { createElement } from "react";
import { renderToString as renderReact } from "react-dom/server";
import { renderToString as renderVue } from "vue/server-renderer";
import type { BrowserContext, Page } from "playwright-core";
import { STUB } from "../../client/bindings/stub.ts";
import type { SlotAnswer } from "../../client/bindings/types.ts";
import { app as reactApp } from "./pages/react-shop.ts";
import { app as vueApp } from "./pages/vue-shop.ts";
import type { Stage } from "./snippet-stage.ts";

/** Bundles source text for a page, as a shop's own build would while it is developed: with every warning on. */
export async function bundle(
  contents: string,
  { loader = "ts", ...more }: Omit<BuildOptions, "loader"> & { loader?: Loader } = {},
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ".", loader },
    bundle: true,
    format: "esm",
    target: "es2020",
    define: {
      "process.env.NODE_ENV": '"development"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true",
    },
    jsx: "automatic",
    ...more,
    write: false,
  });
  return outputFiles[0]!.text;
}

/** A framework's shop: what its server renders, and the script that takes the markup over by `window.hydrate()`. */
export type Framework = {
  readonly name: "react" | "vue";
  render(answer?: SlotAnswer): Promise<string>;
  readonly script: string;
};

export const FRAMEWORKS: readonly Framework[] = [
  {
    name: "react",
    render: async (answer) => renderReact(createElement("div", null, reactApp(answer))).slice(5, -6),
    script: `
      import { hydrateRoot } from "react-dom/client";
      import { app } from "./test/browser/pages/react-shop.ts";
      window.hydrate = () => { hydrateRoot(document.getElementById("app"), app(window.answer)) };`,
  },
  {
    name: "vue",
    render: (answer) => renderVue(vueApp(answer)),
    script: `
      import { app } from "./test/browser/pages/vue-shop.ts";
      window.hydrate = () => { app(window.answer).mount("#app") };`,
  },
];

/** One page of a shop: markup around the snippet, and scripts of its own by path. */
export type ShopPage = {
  readonly path: string;
  readonly body: string;
  readonly scripts?: Readonly<Record<string, string>>;
  /** Without the inline stub, or without the script tag. */
  readonly without?: readonly ("stub" | "tag")[];
};

/** The tag a shop puts into its pages. */
export const tagOf = (stage: Stage): string =>
  `<script async src="${stage.shop}/concierge.js" data-key="pk_test" data-api="${stage.api}"></script>`;

/** Serves a shop's own pages, beside those of the stage. */
export class ShopServer {
  origin = "";
  #page: ShopPage = { path: "/", body: "" };
  #head = "";
  readonly #server = createServer(({ url }, response) => {
    const script = this.#page.scripts?.[url!];
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(
      script ??
        `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${this.#head}</head>` +
          `<body>${this.#page.body}</body></html>`,
    );
  });

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await new Promise((ready) => this.#server.once("listening", ready));
    this.origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
  }

  /** Opens a page, and collects whatever its console or an uncaught error complains of. */
  async open(
    stage: Stage,
    context: BrowserContext,
    shopPage: ShopPage,
  ): Promise<{ page: Page; complaints: string[] }> {
    const { without = [], path } = shopPage;
    this.#page = shopPage;
    this.#head =
      (without.includes("stub") ? "" : `<script>${STUB}</script>`) +
      (without.includes("tag") ? "" : tagOf(stage));
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(this.origin + path, { waitUntil: "load" });
    return { page, complaints };
  }
}
