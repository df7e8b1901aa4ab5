import { BODY, box, fill, gloss, INK, METAL, oval, PAPER, stroke, type Shape } from "./paint.ts";

export const CAMPING_SHAPES = {
  tent: {
    foot: 140,
    draw: (p) =>
      fill("M188 126 L338 316 H248Z", p.dark) +
      fill("M188 126 L64 316 H248Z", BODY) +
      fill("M180 180 L140 316 H214Z", p.deep) +
      fill("M180 180 L140 316 Q170 306 180 180Z", p.light) +
      stroke("M188 126 L180 112 M188 126 L196 112", "#8f7a5c", 5) +
      stroke("M64 316 L44 322 M338 316 L358 322", p.deep, 4) +
      gloss("M176 164 L100 284", 5),
  },
  "tunnel-tent": {
    foot: 150,
    draw: (p) =>
      fill("M60 316 C60 196 120 148 176 148 H252 C308 150 344 220 344 316Z", BODY) +
      stroke("M140 316 C140 210 168 160 190 150 M220 316 C220 210 236 164 256 150", p.light, 5) +
      fill("M262 316 C262 240 280 206 302 202 C330 226 344 270 344 316Z", p.dark) +
      fill("M276 316 C278 258 290 232 304 228 C322 250 330 284 330 316Z", p.deep) +
      box(92, 236, 36, 30, 8, p.light) +
      stroke("M60 316 L40 322 M344 316 L364 322", p.deep, 4),
  },
  "sleeping-bag": {
    foot: 0,
    draw: (p) =>
      `<g transform="rotate(24 200 205)">` +
      fill("M142 128 C142 82 168 68 200 68 S258 82 258 128 L246 300 Q244 342 200 342 T154 300Z", BODY) +
      fill("M156 132 C156 100 174 90 200 90 S244 100 244 132 Q200 158 156 132Z", p.deep) +
      oval(200, 126, 30, 20, PAPER) +
      stroke(
        "M148 178 Q200 196 252 178 M150 214 Q200 232 250 214 M153 250 Q200 268 247 250 M155 286 Q200 304 245 286",
        p.dark,
        4,
      ) +
      stroke("M222 146 V296", p.light, 5) +
      `</g>`,
  },
  "sleeping-mat": {
    foot: 126,
    draw: (p) =>
      fill("M150 230 L322 262 Q332 280 318 296 L150 318Z", p.dark) +
      stroke("M182 240 V312 M216 246 V308 M250 252 V304 M284 258 V300", p.deep, 4, 'opacity=".55"') +
      oval(146, 252, 68, 66, BODY) +
      stroke("M146 252 m-44 0 a44 42 0 1 1 44 42 a30 30 0 1 1 -26 -44 a20 20 0 1 1 26 22", p.deep, 5) +
      stroke("M110 196 Q92 250 112 306", INK, 8),
  },
  "camp-stove": {
    foot: 62,
    draw: (p) =>
      fill("M148 168 L158 112 H242 L252 168Z", METAL) +
      oval(200, 112, 42, 8, "#7e858b") +
      stroke("M248 130 H290", INK, 9) +
      stroke("M148 176 H252 M160 176 L184 208 M240 176 L216 208", "#7e858b", 7) +
      fill(
        "M178 200 C176 186 188 184 186 172 C196 182 194 188 200 176 C206 188 206 182 214 172 C212 184 224 186 222 200Z",
        "#5aa3d6",
      ) +
      box(188, 202, 24, 32, 4, METAL) +
      stroke("M212 218 H244", p.main, 7) +
      fill(
        "M142 258 Q142 234 170 234 H230 Q258 234 258 258 V306 Q258 318 246 318 H154 Q142 318 142 306Z",
        BODY,
      ) +
      box(142, 270, 116, 24, 0, PAPER),
  },
  gas: {
    foot: 74,
    draw: (p) =>
      box(184, 146, 32, 26, 6, METAL) +
      fill(
        "M128 224 Q130 172 178 168 H222 Q270 172 272 224 V302 Q272 318 256 318 H144 Q128 318 128 302Z",
        BODY,
      ) +
      box(128, 230, 144, 54, 0, PAPER) +
      fill("M200 236 C216 254 218 276 200 278 S184 254 200 236Z", p.main) +
      gloss("M146 214 Q150 190 172 184", 7) +
      stroke("M130 300 H270", p.deep, 4),
  },
  lantern: {
    foot: 62,
    draw: (p) =>
      oval(200, 216, 130, 110, "url(#glow)") +
      stroke("M150 146 C150 70 250 70 250 146", INK, 7) +
      fill("M146 152 Q150 128 200 126 Q250 128 254 152Z", BODY) +
      box(140, 150, 120, 20, 8, p.dark) +
      box(152, 170, 96, 98, 10, "#fff3d0") +
      oval(200, 220, 22, 32, "#ffd98a") +
      stroke("M164 172 V266 M236 172 V266", p.deep, 6) +
      fill("M140 268 H260 L266 318 H134Z", BODY) +
      oval(200, 292, 10, 10, PAPER),
  },
  "camp-mug": {
    foot: 78,
    draw: (p) =>
      stroke("M254 206 C306 200 306 274 254 270", INK, 11) +
      fill("M132 176 H260 V304 Q260 318 246 318 H146 Q132 318 132 304Z", BODY) +
      oval(196, 176, 64, 13, INK) +
      oval(196, 178, 57, 9, p.light) +
      fill("M160 278 L186 238 L200 256 L214 232 L240 278Z", p.deep, 'opacity=".75"') +
      gloss("M148 204 V296", 7),
  },
  plates: {
    foot: 0,
    draw: (p) =>
      oval(222, 226, 104, 104, p.deep, 'opacity=".25"') +
      oval(216, 216, 104, 104, INK) +
      oval(216, 216, 99, 99, p.dark) +
      oval(184, 194, 104, 104, INK) +
      oval(184, 194, 99, 99, BODY) +
      oval(184, 194, 68, 68, p.light) +
      gloss("M112 176 C122 140 148 122 178 116", 8),
  },
} as const satisfies { readonly [name: string]: Shape };
