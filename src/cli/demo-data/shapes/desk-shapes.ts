import { BODY, box, fill, gloss, INK, METAL, oval, PAPER, stroke, WOOD, type Shape } from "./paint.ts";

const SCREEN = "url(#screen)";

export const DESK_SHAPES = {
  keyboard: {
    foot: 0,
    draw: (p) =>
      `<g transform="rotate(-12 200 210)">` +
      box(56, 146, 288, 132, 16, p.deep) +
      box(56, 140, 288, 130, 16, BODY) +
      [0, 1, 2, 3]
        .map((row) =>
          Array.from({ length: 11 }, (_, column) =>
            row === 3 && column > 2 && column < 8
              ? ""
              : box(70 + column * 24, 154 + row * 27, 20, 21, 5, (row + column) % 9 === 4 ? p.dark : p.light),
          ).join(""),
        )
        .join("") +
      box(142, 235, 116, 21, 5, p.light) +
      `</g>`,
  },
  mouse: {
    foot: 0,
    draw: (p) =>
      oval(208, 216, 82, 124, "#000000", 'opacity=".12"') +
      fill(
        "M122 176 C122 116 156 90 200 90 S278 116 278 176 V236 C278 296 246 326 200 326 S122 296 122 236Z",
        BODY,
      ) +
      stroke("M200 92 V184 M124 190 Q200 206 276 190", p.dark, 4) +
      box(191, 122, 18, 44, 9, p.deep) +
      gloss("M144 230 V184 C144 150 154 132 170 120", 8),
  },
  tablet: {
    foot: 92,
    draw: (p) =>
      `<g transform="rotate(-5 200 210)">` +
      box(104, 84, 192, 236, 20, p.dark) +
      box(108, 84, 186, 232, 18, INK) +
      box(118, 96, 166, 208, 8, SCREEN) +
      fill(
        "M118 304 V236 L164 186 L206 240 L236 210 L284 262 V296 Q284 304 276 304Z",
        p.dark,
        'opacity=".9"',
      ) +
      oval(240, 146, 21, 21, "#fff1c2") +
      gloss("M132 112 L132 190", 5) +
      `</g>`,
  },
  "e-reader": {
    foot: 78,
    draw: (p) =>
      box(124, 78, 152, 240, 18, BODY) +
      box(138, 94, 124, 186, 4, "#f1ede2") +
      stroke("M152 116 H226", INK, 7) +
      [0, 1, 2, 3, 4, 5, 6, 7]
        .map((i) => stroke(`M152 ${142 + i * 16} H${i % 3 === 2 ? 214 : 248}`, "#8d8a82", 3))
        .join("") +
      oval(200, 298, 9, 9, p.deep),
  },
  "power-bank": {
    foot: 66,
    draw: (p) =>
      box(136, 104, 128, 214, 26, BODY) +
      box(136, 104, 128, 44, 22, p.dark) +
      box(184, 118, 32, 12, 6, INK) +
      fill("M206 186 L174 240 H196 L190 280 L226 222 H204Z", PAPER) +
      [0, 1, 2, 3].map((i) => oval(176 + i * 16, 298, 4, 4, i < 3 ? PAPER : p.deep)).join("") +
      gloss("M152 168 V290", 6),
  },
  ssd: {
    foot: 0,
    draw: (p) =>
      stroke("M226 148 C262 92 312 108 320 60", INK, 9) +
      `<g transform="rotate(18 190 220)">` +
      box(106, 130, 172, 196, 26, p.deep) +
      box(102, 122, 172, 196, 26, BODY) +
      box(124, 144, 128, 152, 16, p.dark) +
      stroke("M148 176 H220 M148 198 H196", PAPER, 7) +
      oval(228, 274, 6, 6, "#bfe3b4") +
      box(206, 112, 26, 16, 4, METAL) +
      `</g>`,
  },
  watch: {
    foot: 0,
    draw: (p) =>
      fill("M162 128 L170 44 H230 L238 128Z", p.main) +
      fill("M162 272 L170 356 H230 L238 272Z", p.dark) +
      stroke("M188 62 H212 M188 82 H212 M190 318 H210 M190 338 H210", p.deep, 4) +
      box(124, 118, 152, 164, 44, METAL) +
      box(134, 128, 132, 144, 36, "#1f2229") +
      box(276, 172, 13, 40, 6, "#8f959b") +
      `<text x="200" y="206" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="600" font-size="38" fill="${PAPER}">9:41</text>` +
      stroke("M158 238 L178 226 L196 242 L216 220 L242 232", p.light, 6),
  },
  cable: {
    foot: 0,
    draw: (p) =>
      [96, 78, 60]
        .map(
          (radius) =>
            `<circle cx="200" cy="206" r="${radius}" fill="none" stroke="${radius === 78 ? p.dark : p.main}" stroke-width="12"/>`,
        )
        .join("") +
      stroke("M296 206 C300 262 306 280 286 306 M140 206 C120 270 130 290 112 314", p.main, 12) +
      box(268, 298, 30, 40, 7, INK) +
      box(274, 336, 18, 18, 3, METAL) +
      box(96, 304, 30, 40, 7, INK) +
      box(102, 342, 18, 18, 3, METAL) +
      box(262, 188, 76, 34, 12, WOOD),
  },
  charger: {
    foot: 74,
    draw: (p) =>
      stroke("M176 104 V140 M224 104 V140", "#a4abb1", 12) +
      box(132, 136, 136, 182, 30, BODY) +
      box(178, 208, 44, 15, 7, INK) +
      box(178, 236, 44, 15, 7, INK) +
      box(178, 264, 44, 18, 4, INK) +
      stroke("M170 176 H230", p.dark, 4) +
      gloss("M150 176 V286", 7),
  },
} as const satisfies { readonly [name: string]: Shape };
