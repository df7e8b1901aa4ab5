import { BODY, box, fill, gloss, INK, METAL, oval, PAPER, stroke, type Shape } from "./paint.ts";

export const AUDIO_SHAPES = {
  headphones: {
    foot: 96,
    draw: (p) =>
      stroke("M118 226 C104 80 296 80 282 226", p.dark, 19) +
      stroke("M134 172 C146 100 254 100 266 172", p.light, 5, 'opacity=".7"') +
      box(94, 204, 58, 104, 28, BODY) +
      box(248, 204, 58, 104, 28, BODY) +
      box(140, 210, 24, 92, 12, INK) +
      box(236, 210, 24, 92, 12, INK) +
      gloss("M108 236 V276", 6),
  },
  earbuds: {
    foot: 90,
    draw: (p) =>
      box(112, 222, 176, 96, 40, BODY) +
      stroke("M116 262 H284", p.dark, 4) +
      oval(200, 290, 5, 5, PAPER) +
      fill("M142 116 C112 116 108 164 138 170 L140 212 Q150 222 160 212 L162 152 Q166 116 142 116Z", p.main) +
      fill("M258 116 C288 116 292 164 262 170 L260 212 Q250 222 240 212 L238 152 Q234 116 258 116Z", p.dark) +
      oval(132, 144, 11, 15, INK) +
      oval(268, 144, 11, 15, INK) +
      gloss("M132 292 V252", 6),
  },
  speaker: {
    foot: 80,
    draw: (p) =>
      box(122, 92, 156, 226, 16, BODY) +
      box(134, 104, 132, 202, 10, INK) +
      oval(200, 152, 27, 27, "#50535c") +
      oval(200, 152, 11, 11, p.light) +
      oval(200, 240, 50, 50, "#50535c") +
      oval(200, 240, 38, 38, "#2a2c32") +
      oval(200, 240, 15, 15, p.light),
  },
  "portable-speaker": {
    foot: 112,
    draw: (p) =>
      stroke("M150 190 C160 142 240 142 250 190", p.deep, 10) +
      box(92, 190, 216, 126, 40, BODY) +
      [0, 1, 2, 3, 4]
        .map((row) =>
          Array.from({ length: 13 }, (_, column) =>
            oval(128 + column * 12 + (row % 2) * 6, 222 + row * 14, 2.6, 2.6, p.deep, 'opacity=".75"'),
          ).join(""),
        )
        .join("") +
      oval(112, 252, 8, 40, p.dark) +
      oval(288, 252, 8, 40, p.dark) +
      box(176, 294, 48, 10, 5, PAPER),
  },
  turntable: {
    foot: 128,
    draw: (p) =>
      fill("M84 236 L112 176 H288 L316 236Z", p.light) +
      oval(186, 208, 86, 26, INK) +
      oval(186, 208, 64, 19, "#4a4d55") +
      oval(186, 208, 48, 14, INK) +
      oval(186, 208, 24, 7, p.main) +
      oval(186, 208, 3, 2, PAPER) +
      oval(278, 192, 10, 6, METAL) +
      stroke("M278 190 L262 220 L240 222", METAL, 6) +
      fill("M84 236 H316 V286 Q316 296 306 296 H94 Q84 296 84 286Z", BODY) +
      oval(286, 266, 9, 9, METAL) +
      stroke("M108 306 H132 M268 306 H292", INK, 14),
  },
} as const satisfies { readonly [name: string]: Shape };
