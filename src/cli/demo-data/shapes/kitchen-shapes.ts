import { BODY, box, fill, GLASS, gloss, INK, METAL, oval, PAPER, stroke, WOOD, type Shape } from "./paint.ts";

export const KITCHEN_SHAPES = {
  pan: {
    foot: 0,
    draw: (p) =>
      stroke("M246 246 L330 330", INK, 22) +
      stroke("M246 246 L300 300", p.dark, 26) +
      oval(176, 178, 106, 106, p.dark) +
      oval(174, 174, 104, 104, BODY) +
      oval(175, 176, 84, 84, p.deep) +
      oval(175, 180, 80, 80, p.dark) +
      oval(322, 322, 4, 4, PAPER) +
      gloss("M110 152 C124 122 152 108 182 110", 8),
  },
  pot: {
    foot: 104,
    draw: (p) =>
      stroke("M112 226 H84 M288 226 H316", p.deep, 18) +
      fill("M108 196 H292 V284 Q292 316 260 316 H140 Q108 316 108 284Z", BODY) +
      fill("M104 196 Q106 156 200 152 Q294 156 296 196Z", p.main) +
      fill("M104 196 Q106 156 200 152 Q130 168 128 196Z", p.light, 'opacity=".6"') +
      box(98, 188, 204, 15, 7, p.dark) +
      box(188, 132, 24, 22, 8, METAL) +
      gloss("M126 220 V276", 8),
  },
  knife: {
    foot: 0,
    draw: (p) =>
      `<g transform="rotate(-38 200 210)">` +
      fill("M62 226 C80 186 150 176 262 178 V226Z", METAL) +
      stroke("M64 226 H262", "#f4f6f7", 3) +
      box(262, 176, 14, 50, 3, "#8f959b") +
      fill("M276 178 H352 Q366 178 366 194 L362 216 Q360 224 350 222 L276 220Z", BODY) +
      oval(298, 198, 4, 4, p.light) +
      oval(338, 200, 4, 4, p.light) +
      `</g>`,
  },
  board: {
    foot: 0,
    draw: (p) =>
      `<g transform="rotate(-8 200 210)">` +
      box(112, 104, 176, 222, 26, p.dark) +
      box(108, 98, 176, 222, 26, BODY) +
      stroke(
        "M134 150 C160 210 128 250 140 300 M176 112 C196 190 170 240 184 310 M232 112 C216 190 246 250 230 308",
        p.dark,
        3,
        'opacity=".45"',
      ) +
      oval(256, 126, 13, 13, p.deep) +
      `</g>` +
      oval(300, 286, 26, 26, "#c4553d") +
      fill("M288 264 Q300 250 312 264 Q302 272 288 264Z", "#5f7f52"),
  },
  "baking-dish": {
    foot: 122,
    draw: (p) =>
      stroke("M98 232 H72 Q64 246 78 256 H106 M302 232 H328 Q336 246 322 256 H294", p.dark, 12) +
      fill("M88 222 H312 L296 302 Q292 316 276 316 H124 Q108 316 104 302Z", BODY) +
      oval(200, 222, 112, 22, p.dark) +
      oval(200, 224, 100, 16, "#e2b565") +
      oval(166, 222, 20, 6, "#c98a3c") +
      oval(226, 228, 26, 6, "#c98a3c") +
      gloss("M112 256 L122 294", 7),
  },
  blender: {
    foot: 76,
    draw: (p) =>
      fill("M138 222 L126 104 H274 L262 222Z", GLASS) +
      fill("M136 206 L130 150 H270 L264 206Z", p.light, 'opacity=".75"') +
      stroke("M272 124 C314 124 308 196 266 196", INK, 11) +
      box(120, 88, 160, 20, 8, INK) +
      box(182, 72, 36, 20, 6, INK) +
      fill("M132 318 L142 222 H258 L268 318Z", BODY) +
      oval(200, 272, 24, 24, p.deep) +
      stroke("M200 272 L212 258", PAPER, 5) +
      gloss("M146 128 L156 206", 6),
  },
  toaster: {
    foot: 112,
    draw: (p) =>
      fill("M140 176 V136 Q140 116 160 116 H238 Q258 116 258 136 V176Z", "#e3b878") +
      fill("M150 176 V140 Q150 126 164 126 H234 Q248 126 248 140 V176Z", "#f2d6a2") +
      fill("M96 216 Q96 166 146 166 H254 Q304 166 304 216 V294 Q304 312 286 312 H114 Q96 312 96 294Z", BODY) +
      box(130, 164, 140, 12, 6, p.deep) +
      box(304, 206, 16, 32, 6, INK) +
      oval(254, 276, 15, 15, METAL) +
      stroke("M118 318 H140 M260 318 H282", INK, 10) +
      gloss("M116 280 V222 Q118 192 146 188", 8),
  },
  mixer: {
    foot: 116,
    draw: (p) =>
      fill("M96 318 Q90 296 118 292 H292 Q312 292 310 318Z", p.dark) +
      fill("M240 300 C232 240 256 214 252 176 H296 C312 230 296 264 302 300Z", BODY) +
      fill(
        "M96 152 C96 118 130 112 170 112 H276 C306 112 314 140 306 166 C300 186 282 190 262 190 H140 C108 190 96 178 96 152Z",
        BODY,
      ) +
      box(126, 186, 32, 22, 5, METAL) +
      fill("M104 220 H218 C218 262 200 290 186 292 H136 C120 290 104 262 104 220Z", METAL) +
      oval(161, 220, 57, 9, "#eef1f3") +
      stroke("M142 206 V216", "#8f959b", 6) +
      oval(286, 150, 9, 9, METAL) +
      gloss("M122 138 C134 126 160 124 200 124", 7),
  },
  scale: {
    foot: 116,
    draw: (p) =>
      fill("M92 260 L112 226 H288 L308 260Z", p.light) +
      fill("M92 258 H308 V292 Q308 308 292 308 H108 Q92 308 92 292Z", BODY) +
      box(164, 268, 72, 28, 6, INK) +
      `<text x="200" y="289" text-anchor="middle" font-family="monospace" font-size="20" fill="#d8f0dc">250</text>` +
      oval(200, 218, 84, 16, METAL) +
      oval(176, 196, 24, 24, "#d98a3d") +
      oval(224, 200, 20, 20, "#8a9c52") +
      stroke("M176 172 V164", WOOD, 4) +
      stroke("M114 314 H134 M266 314 H286", p.deep, 8),
  },
} as const satisfies { readonly [name: string]: Shape };
