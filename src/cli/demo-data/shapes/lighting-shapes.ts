import { BODY, box, fill, GLASS, gloss, INK, METAL, oval, PAPER, stroke, type Shape } from "./paint.ts";

const GLOW = "url(#glow)";

export const LIGHTING_SHAPES = {
  "table-lamp": {
    foot: 66,
    draw: (p) =>
      oval(200, 196, 150, 120, GLOW) +
      fill("M172 232 C136 252 136 306 172 316 H228 C264 306 264 252 228 232Z", BODY) +
      box(192, 196, 16, 40, 4, METAL) +
      fill("M156 96 H244 L278 204 H122Z", PAPER) +
      fill("M156 96 H244 L278 204 H122Z", p.light, 'opacity=".35"') +
      stroke("M156 96 H244 M122 204 H278", p.dark, 3) +
      gloss("M158 290 C152 272 158 256 168 248", 6),
  },
  "desk-lamp": {
    foot: 70,
    draw: (p) =>
      oval(120, 232, 96, 96, GLOW) +
      stroke("M214 308 L258 206 L168 136", p.main, 11) +
      oval(258, 206, 11, 11, p.deep) +
      fill("M186 104 Q136 96 104 158 L178 190 Q206 146 186 104Z", BODY) +
      fill("M104 158 L178 190 Q160 206 130 194 Q104 182 104 158Z", "#fff0c4") +
      fill("M152 318 Q152 300 214 300 T276 318Z", p.dark),
  },
  "mushroom-lamp": {
    foot: 74,
    draw: (p) =>
      oval(200, 236, 150, 110, GLOW) +
      fill("M182 196 H218 L230 300 H170Z", p.dark) +
      fill("M136 318 Q136 296 200 296 T264 318Z", BODY) +
      fill(
        "M104 204 C104 140 150 116 200 116 S296 140 296 204 Q296 214 284 214 H116 Q104 214 104 204Z",
        BODY,
      ) +
      oval(200, 212, 84, 7, "#fff0c4") +
      gloss("M128 186 C136 156 156 142 180 136", 8),
  },
  "floor-lamp": {
    foot: 56,
    draw: (p) =>
      oval(200, 150, 150, 100, GLOW) +
      box(195, 148, 10, 166, 3, p.main) +
      oval(200, 316, 52, 9, p.dark) +
      fill("M166 58 H234 L262 152 H138Z", PAPER) +
      fill("M166 58 H234 L262 152 H138Z", p.light, 'opacity=".3"') +
      stroke("M166 58 H234 M138 152 H262", p.dark, 3) +
      stroke("M222 152 V184", p.dark, 2),
  },
  "arc-lamp": {
    foot: 60,
    draw: (p) =>
      oval(132, 196, 120, 100, GLOW) +
      stroke("M282 308 C312 140 232 66 132 120", p.main, 9) +
      fill("M132 112 C92 112 74 142 74 164 H190 C190 142 172 112 132 112Z", BODY) +
      oval(132, 164, 58, 9, "#fff0c4") +
      box(232, 300, 100, 18, 8, p.dark),
  },
  pendant: {
    foot: 0,
    draw: (p) =>
      oval(200, 300, 150, 90, GLOW) +
      stroke("M200 0 V136", INK, 4) +
      box(186, 130, 28, 26, 6, METAL) +
      fill("M178 152 H222 C270 166 302 214 306 264 H94 C98 214 130 166 178 152Z", BODY) +
      oval(200, 264, 106, 15, p.deep) +
      oval(200, 266, 90, 10, "#ffedb8") +
      gloss("M124 244 C132 210 152 186 176 174", 8),
  },
  "paper-lantern": {
    foot: 0,
    draw: () =>
      oval(200, 210, 170, 150, GLOW) +
      stroke("M200 0 V98", INK, 4) +
      oval(200, 208, 120, 110, PAPER) +
      oval(232, 220, 84, 92, "#efe4cc", 'opacity=".6"') +
      [128, 152, 178, 208, 238, 264, 288]
        .map((y) => {
          const half = 120 * Math.sqrt(1 - ((y - 208) / 110) ** 2);
          return stroke(`M${200 - half} ${y} Q200 ${y + 12} ${200 + half} ${y}`, "#cdbf9f", 2);
        })
        .join(""),
  },
  bulb: {
    foot: 40,
    draw: (p) =>
      oval(200, 176, 140, 130, GLOW) +
      fill(
        "M168 256 C166 224 128 212 128 164 C128 118 160 92 200 92 S272 118 272 164 C272 212 234 224 232 256Z",
        GLASS,
      ) +
      fill(
        "M168 256 C166 224 128 212 128 164 C128 118 160 92 200 92 S272 118 272 164 C272 212 234 224 232 256Z",
        p.light,
        'opacity=".45"',
      ) +
      stroke("M184 256 L176 172 L190 198 L200 168 L210 198 L224 172 L216 256", "#e79a2c", 4) +
      box(166, 254, 68, 44, 8, METAL) +
      stroke("M168 268 H232 M168 282 H232", "#8f959b", 4) +
      fill("M180 298 H220 L212 316 H188Z", INK) +
      gloss("M148 170 C148 140 164 120 186 112", 8),
  },
  candle: {
    foot: 76,
    draw: (p) =>
      oval(200, 120, 80, 80, GLOW) +
      fill("M200 108 C220 136 214 158 200 158 S180 136 200 108Z", "#f3a63c") +
      fill("M200 128 C210 142 208 156 200 156 S190 142 200 128Z", "#fff1c2") +
      box(130, 172, 140, 146, 14, BODY) +
      oval(200, 176, 70, 14, p.dark) +
      oval(200, 178, 62, 10, "#fbf3df") +
      stroke("M200 158 V176", INK, 4) +
      box(156, 216, 88, 66, 4, PAPER) +
      stroke("M172 240 H228 M180 256 H220", p.deep, 4),
  },
} as const satisfies { readonly [name: string]: Shape };
