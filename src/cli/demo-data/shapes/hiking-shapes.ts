import { BODY, box, fill, gloss, INK, METAL, oval, PAPER, stroke, type Shape } from "./paint.ts";

export const HIKING_SHAPES = {
  backpack: {
    foot: 82,
    draw: (p) =>
      stroke("M176 96 C176 66 224 66 224 96", p.deep, 10) +
      fill(
        "M126 182 C126 120 156 90 200 90 S274 120 274 182 V292 Q274 318 248 318 H152 Q126 318 126 292Z",
        BODY,
      ) +
      fill("M126 176 C126 120 156 90 200 90 S274 120 274 176 Q200 204 126 176Z", p.dark) +
      box(148, 216, 104, 76, 16, p.main) +
      stroke("M148 238 Q200 252 252 238", p.deep, 4) +
      stroke("M164 184 V222 M236 184 V222", "#c99f6a", 9) +
      box(158, 212, 12, 16, 3, METAL) +
      box(230, 212, 12, 16, 3, METAL) +
      fill("M126 218 Q104 230 108 284 Q112 300 126 300Z", p.dark) +
      fill("M274 218 Q296 230 292 284 Q288 300 274 300Z", p.deep),
  },
  bottle: {
    foot: 50,
    draw: (p) =>
      stroke("M180 88 C180 58 220 58 220 88", INK, 8) +
      box(172, 84, 56, 40, 9, INK) +
      fill(
        "M176 122 H224 C226 146 250 152 250 182 V302 Q250 318 234 318 H166 Q150 318 150 302 V182 C150 152 174 146 176 122Z",
        BODY,
      ) +
      stroke("M150 276 H250", p.dark, 4, 'opacity=".6"') +
      fill("M200 204 L222 240 H178Z", p.light, 'opacity=".9"') +
      gloss("M166 292 V190 Q168 172 178 162", 7),
  },
  flask: {
    foot: 56,
    draw: (p) =>
      stroke("M248 172 H278 V262 H248", INK, 10) +
      box(158, 78, 84, 62, 12, METAL) +
      box(150, 140, 100, 178, 14, BODY) +
      box(150, 140, 100, 16, 5, p.deep) +
      box(150, 284, 100, 10, 0, METAL) +
      gloss("M168 176 V272", 8) +
      gloss("M172 92 V128", 5),
  },
  poles: {
    foot: 84,
    draw: (p) =>
      stroke("M150 128 L250 316 M250 128 L150 316", "#8f959b", 7) +
      stroke("M150 128 L206 233 M250 128 L194 233", p.main, 9) +
      stroke("M134 96 L152 132 M266 96 L248 132", "#b98a58", 19) +
      stroke("M128 86 L134 98 M272 86 L266 98", INK, 17) +
      stroke("M140 128 Q116 150 132 110 M260 128 Q284 150 268 110", INK, 5) +
      stroke("M228 292 H256 M172 292 H144", INK, 7),
  },
  headlamp: {
    foot: 0,
    draw: (p) =>
      fill("M160 214 L52 150 V300Z", "url(#glow)") +
      stroke("M200 132 C300 112 336 196 308 258 C288 296 236 300 210 284", p.main, 22) +
      stroke("M200 132 C300 112 336 196 308 258 C288 296 236 300 210 284", p.light, 4, 'opacity=".8"') +
      fill(
        "M148 164 Q150 142 176 142 H222 Q246 142 246 166 V264 Q246 288 222 288 H176 Q150 288 148 266Z",
        BODY,
      ) +
      oval(164, 214, 30, 42, INK) +
      oval(160, 214, 22, 33, "#fff2c9") +
      box(206, 156, 22, 9, 4, p.deep),
  },
  boots: {
    foot: 118,
    draw: (p) =>
      fill("M122 110 H208 L214 200 C240 216 292 222 304 254 Q310 282 304 292 H122Z", BODY) +
      fill("M112 286 H308 Q312 318 300 318 H262 L250 306 H176 L164 318 H118 Q108 318 112 286Z", INK) +
      fill("M118 104 H212 V126 H118Z", p.deep) +
      stroke("M186 146 L218 140 M190 172 L224 164 M200 196 L234 188 M222 212 L250 202", PAPER, 6) +
      stroke("M122 230 Q170 226 190 284", p.deep, 4, 'opacity=".7"') +
      fill("M268 240 Q304 248 304 290 H262Z", p.dark),
  },
  socks: {
    foot: 0,
    draw: (p) =>
      `<g transform="rotate(10 220 200)">` +
      fill("M196 92 H258 V218 L296 262 Q314 288 288 306 Q266 318 242 296 L196 246Z", p.dark) +
      box(192, 86, 70, 30, 8, p.deep) +
      `</g>` +
      fill("M136 96 H200 V226 L246 270 Q264 296 240 314 Q216 328 190 306 L136 252Z", BODY) +
      box(131, 90, 74, 32, 8, p.light) +
      stroke("M138 138 H198 M138 152 H198", PAPER, 5) +
      fill("M214 314 Q264 312 240 264 Q214 280 214 314Z", p.deep) +
      fill("M136 226 V252 L158 274 Q176 244 158 222Z", p.deep),
  },
  bar: {
    foot: 112,
    draw: (p) =>
      fill("M92 232 H308 V306 Q308 318 296 318 H104 Q92 318 92 306Z", BODY) +
      fill("M92 232 L116 200 H284 L308 232Z", p.dark) +
      `<g transform="rotate(-12 190 190)">` +
      fill(
        "M104 160 L112 168 L104 176 L112 184 L104 192 L112 200 L104 208 H276 L268 200 L276 192 L268 184 L276 176 L268 168 L276 160Z",
        p.light,
      ) +
      box(136, 168, 108, 32, 6, PAPER) +
      stroke("M152 184 H228", p.deep, 6) +
      `</g>` +
      fill("M92 232 H308 V252 H92Z", p.deep, 'opacity=".25"') +
      stroke("M140 284 H260", PAPER, 9),
  },
} as const satisfies { readonly [name: string]: Shape };
