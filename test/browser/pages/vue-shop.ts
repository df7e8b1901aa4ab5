import { createSSRApp, defineComponent, h, ref, type App, type VNode } from "vue";
import { useSlot } from "../../../client/bindings/vue.ts";
import type { PickedItem, SlotAnswer } from "../../../client/bindings/types.ts";

type Follow = (event: MouseEvent) => void;

/** A pick, drawn by the shop, with the two marks the snippet asks for. */
const card = (item: PickedItem, onClick: Follow): VNode =>
  h("li", { key: item.id, "data-concierge-pick": item.id }, [
    h("a", { href: item.url, onClick }, item.title),
    h("button", { type: "button", "data-concierge-control": "not_this" }, "Not this"),
  ]);

/** A slot by the composable; its component draws again with each `turn`. */
const Place = defineComponent(
  (own: { id: string; turn: number; follow: Follow; answer?: SlotAnswer | undefined }) => {
    const { state, props } = useSlot(own.id, own.answer);
    return () =>
      h(
        "section",
        {
          ...props,
          "data-max": "3",
          "data-seeds": "p8,p9",
          "data-turn": own.turn,
          style: "min-height: 150px",
        },
        state.value.status === "ready"
          ? [
              h("h2", state.value.title),
              h(
                "ul",
                state.value.items.map((item) => card(item, own.follow)),
              ),
            ]
          : state.value.status === "pending"
            ? []
            : [h("p", { class: state.value.status }, "Our own picks")],
      );
  },
  { props: ["id", "turn", "follow", "answer"] },
);

/** Two slots, a route that a link or a button changes, and a counter that makes everything draw again. */
export const app = (answer?: SlotAnswer): App =>
  createSSRApp(
    defineComponent(() => {
      const path = ref("/vue.html");
      const turn = ref(0);
      const route = (to: string): void => {
        history.pushState(null, "", to);
        path.value = to;
      };
      const follow: Follow = (event) => {
        event.preventDefault();
        route((event.currentTarget as Element).getAttribute("href")!);
      };
      return () => {
        const isHome = path.value === "/vue.html";
        const place = (id: string, answer?: SlotAnswer): VNode =>
          h(Place, { key: id, id, turn: turn.value, follow, answer });
        return h("main", [
          h("h1", isHome ? "Home" : `At ${path.value}`),
          h("button", { id: "again", onClick: () => turn.value++ }, `Turn ${turn.value}`),
          h("button", { id: "go", onClick: () => route(isHome ? "/list.html" : "/vue.html") }, "Go"),
          place(isHome ? "home-top" : "list-top", isHome ? answer : undefined),
          ...(isHome ? [place("related")] : []),
        ]);
      };
    }),
  );
