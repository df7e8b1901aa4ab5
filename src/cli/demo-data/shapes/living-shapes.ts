import { BODY, box, fill, GLASS, gloss, INK, METAL, oval, PAPER, stroke, type Shape } from "./paint.ts";

export const LIVING_SHAPES = {
  vase: {
    foot: 56,
    draw: (p) =>
      stroke(
        "M196 176 C190 120 160 100 150 66 M202 176 C206 120 236 110 250 76 M200 176 C200 130 204 90 200 48",
        "#6f8561",
        4,
      ) +
      ["150,66", "250,76", "200,48", "170,104", "228,112"]
        .map((at) => {
          const [x, y] = at.split(",").map(Number) as [number, number];
          return oval(x, y, 15, 19, "#e9d9bd") + oval(x, y + 5, 9, 9, "#d2a267");
        })
        .join("") +
      fill(
        "M176 172 H224 C222 202 266 222 262 268 C260 302 240 318 200 318 S140 302 138 268 C134 222 178 202 176 172Z",
        BODY,
      ) +
      oval(200, 172, 24, 6, p.deep) +
      gloss("M158 276 C154 250 168 232 180 216", 8),
  },
  planter: {
    foot: 74,
    draw: (p) =>
      fill("M200 214 C150 200 118 150 122 108 C168 118 196 160 200 214Z", "#6b8c5e") +
      fill("M200 214 C250 200 282 150 278 108 C232 118 204 160 200 214Z", "#587a50") +
      fill("M200 216 C172 170 178 112 200 78 C222 112 228 170 200 216Z", "#7c9f6b") +
      fill("M136 228 H264 L250 306 Q248 318 236 318 H164 Q152 318 150 306Z", BODY) +
      box(126, 206, 148, 28, 7, p.main) +
      stroke("M130 234 H270", p.dark, 4, 'opacity=".6"') +
      gloss("M156 250 L164 298", 7),
  },
  "planter-on-legs": {
    foot: 72,
    draw: (p) =>
      [
        [-62, 100],
        [-34, 70],
        [0, 56],
        [34, 72],
        [62, 104],
      ]
        .map(([dx, top]) =>
          stroke(`M200 196 Q${200 + dx! / 2} ${top! + 40} ${200 + dx!} ${top!}`, "#5f8355", 13),
        )
        .join("") +
      stroke("M146 236 L134 320 M254 236 L266 320", "#a9794a", 10) +
      fill("M126 184 H274 V244 Q274 276 242 276 H158 Q126 276 126 244Z", BODY) +
      oval(200, 184, 74, 11, p.deep) +
      gloss("M142 204 V248", 7),
  },
  clock: {
    foot: 0,
    draw: (p) =>
      oval(204, 208, 116, 116, "#000000", 'opacity=".1"') +
      oval(200, 200, 116, 116, BODY) +
      oval(200, 200, 98, 98, PAPER) +
      Array.from({ length: 12 }, (_, hour) => {
        const angle = (hour * Math.PI) / 6;
        const at = (radius: number) =>
          `${(200 + radius * Math.sin(angle)).toFixed(1)} ${(200 - radius * Math.cos(angle)).toFixed(1)}`;
        return stroke(`M${at(hour % 3 ? 86 : 80)} L${at(90)}`, p.deep, hour % 3 ? 3 : 6);
      }).join("") +
      stroke("M200 200 L158 164", INK, 8) +
      stroke("M200 200 L240 138", INK, 5) +
      oval(200, 200, 8, 8, p.main),
  },
  chair: {
    foot: 84,
    draw: (p) =>
      stroke("M146 226 L134 318 M254 226 L266 318", p.dark, 12) +
      stroke("M160 232 L156 304 M240 232 L244 304", p.deep, 10) +
      stroke("M142 218 C136 170 138 120 146 92 M258 218 C264 170 262 120 254 92", p.main, 12) +
      fill("M140 88 Q200 72 260 88 L258 128 Q200 114 142 128Z", BODY) +
      stroke("M142 158 Q200 146 258 158", p.dark, 9) +
      fill("M124 212 Q200 198 276 212 L282 234 Q200 248 118 234Z", BODY),
  },
  armchair: {
    foot: 106,
    draw: (p) =>
      stroke("M132 290 L120 320 M268 290 L280 320", "#80583b", 12) +
      fill("M124 128 Q124 92 160 92 H240 Q276 92 276 128 V240 H124Z", BODY) +
      fill("M124 222 H276 V284 Q276 296 264 296 H136 Q124 296 124 284Z", p.dark) +
      box(128, 212, 144, 44, 18, p.main) +
      fill("M92 196 Q92 172 114 172 T138 196 V298 H104 Q92 298 92 286Z", p.main) +
      fill("M308 196 Q308 172 286 172 T262 196 V298 H296 Q308 298 308 286Z", p.dark) +
      gloss("M146 180 V140 Q148 114 172 112", 8),
  },
  "side-table": {
    foot: 84,
    draw: (p) =>
      stroke("M142 196 L118 318 M258 196 L282 318 M200 200 V310", p.dark, 11) +
      oval(200, 194, 104, 20, p.dark) +
      oval(200, 186, 104, 20, BODY) +
      fill("M166 142 H214 V170 Q214 184 200 184 H180 Q166 184 166 170Z", PAPER) +
      stroke("M214 150 C234 148 234 172 214 172", PAPER, 6) +
      box(226, 168, 56, 10, 2, "#9c5a44") +
      box(230, 158, 50, 10, 2, "#4e6579"),
  },
  diffuser: {
    foot: 60,
    draw: (p) =>
      stroke("M196 200 L160 72 M200 200 L196 60 M204 200 L238 68 M202 200 L262 88", "#c7a777", 5) +
      fill(
        "M178 182 H222 V202 Q262 216 262 250 V300 Q262 318 244 318 H156 Q138 318 138 300 V250 Q138 216 178 202Z",
        BODY,
      ) +
      box(174, 174, 52, 20, 6, METAL) +
      box(154, 244, 92, 54, 4, PAPER) +
      stroke("M172 264 H228 M182 280 H218", p.deep, 4) +
      fill("M178 202 H222 L228 206 H172Z", GLASS),
  },
} as const satisfies { readonly [name: string]: Shape };
