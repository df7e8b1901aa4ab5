import { BODY, box, fill, oval, PAPER, stroke, WOOD, type Shape } from "./paint.ts";

export const TEXTILE_SHAPES = {
  throw: {
    foot: 116,
    draw: (p) =>
      box(92, 268, 216, 50, 22, p.dark) +
      box(96, 222, 208, 52, 22, BODY) +
      box(92, 178, 216, 50, 22, p.main) +
      stroke("M112 196 H288 M112 210 H288", p.light, 4, 'opacity=".8"') +
      stroke("M114 240 H286 M114 254 H286", p.light, 4, 'opacity=".5"') +
      stroke("M112 288 H288", p.main, 4) +
      [0, 1, 2, 3, 4, 5].map((i) => stroke(`M${268 + i * 7} 226 V${246 + (i % 2) * 6}`, p.light, 3)).join(""),
  },
  cushion: {
    foot: 100,
    draw: (p) =>
      fill("M96 116 Q200 136 304 116 Q286 216 304 316 Q200 298 96 316 Q114 216 96 116Z", BODY) +
      stroke("M96 116 Q200 136 304 116 Q286 216 304 316 Q200 298 96 316 Q114 216 96 116Z", p.dark, 4) +
      stroke("M146 140 Q158 216 146 294 M172 142 Q180 216 172 294", p.light, 5, 'opacity=".7"') +
      stroke("M228 142 Q220 216 228 294 M254 140 Q242 216 254 294", p.dark, 4, 'opacity=".35"') +
      oval(200, 214, 9, 9, p.deep),
  },
  towel: {
    foot: 100,
    draw: (p) =>
      [0, 1, 2, 3]
        .map((i) => box(108 - (i % 2) * 6, 276 - i * 42, 184 + (i % 2) * 12, 42, 19, i % 2 ? p.main : BODY))
        .join("") +
      [0, 1, 2, 3].map((i) => stroke(`M276 ${297 - i * 42} H136`, p.dark, 3, 'opacity=".55"')).join("") +
      stroke("M124 166 H276", p.light, 5) +
      stroke("M124 250 H276", p.light, 5),
  },
  bedding: {
    foot: 124,
    draw: (p) =>
      box(80, 236, 240, 70, 16, WOOD) +
      fill("M84 214 Q84 196 104 196 H296 Q316 196 316 214 V270 H84Z", BODY) +
      fill("M84 232 Q200 252 316 228 V284 Q200 302 84 284Z", p.dark, 'opacity=".65"') +
      fill("M98 200 Q92 160 112 156 H182 Q200 160 194 200Z", PAPER) +
      fill("M206 200 Q200 160 218 156 H288 Q308 160 302 200Z", PAPER) +
      stroke("M98 200 H302", p.light, 5) +
      stroke("M98 306 V320 M302 306 V320", "#80583b", 11),
  },
} as const satisfies { readonly [name: string]: Shape };
