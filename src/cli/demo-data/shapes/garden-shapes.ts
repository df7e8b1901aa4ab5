import { BODY, box, fill, gloss, INK, METAL, oval, PAPER, stroke, type Shape } from "./paint.ts";

export const GARDEN_SHAPES = {
  "watering-can": {
    foot: 96,
    draw: (p) =>
      stroke("M150 178 C150 96 262 96 268 190 M268 206 C310 214 306 282 266 290", p.dark, 12) +
      fill("M156 268 L92 182 L108 170 L170 232Z", p.dark) +
      fill("M82 190 L112 158 L124 168 L94 202Z", p.deep) +
      fill("M148 192 H274 L284 304 Q284 318 270 318 H152 Q138 318 138 304Z", BODY) +
      oval(211, 192, 63, 12, p.deep) +
      stroke("M142 284 H282", p.dark, 4, 'opacity=".6"') +
      gloss("M162 214 L156 292", 8),
  },
  secateurs: {
    foot: 0,
    draw: (p) =>
      `<g transform="rotate(32 200 210)">` +
      stroke("M194 216 C150 250 146 300 168 344", p.dark, 24) +
      stroke("M206 216 C250 250 254 300 232 344", p.main, 24) +
      fill("M186 208 C176 150 186 96 222 66 C236 118 228 170 214 212Z", METAL) +
      fill("M214 208 C226 170 214 128 192 100 C172 130 172 176 188 214Z", "#949ba2") +
      oval(200, 214, 18, 18, "#7e858b") +
      oval(200, 214, 7, 7, PAPER) +
      stroke("M176 262 Q200 246 224 262", "#c9ced3", 6) +
      `</g>`,
  },
  seeds: {
    foot: 72,
    draw: (p) =>
      fill("M130 104 H270 V306 Q270 318 258 318 H142 Q130 318 130 306Z", PAPER) +
      fill("M130 104 H270 V150 H130Z", BODY) +
      stroke("M148 128 H252", PAPER, 6) +
      stroke("M200 288 C200 250 198 226 200 196", "#5f7f52", 6) +
      fill("M200 262 C164 262 152 232 154 216 C186 216 200 236 200 262Z", "#7c9f6b") +
      fill("M200 238 C236 238 248 208 246 192 C214 192 200 212 200 238Z", "#5f7f52") +
      oval(200, 188, 22, 22, p.main) +
      oval(200, 188, 9, 9, p.light) +
      fill("M130 296 H270 V306 Q270 318 258 318 H142 Q130 318 130 306Z", p.dark),
  },
  grill: {
    foot: 96,
    draw: (p) =>
      stroke("M168 246 L128 318 M232 246 L272 318 M150 284 H250", "#7e858b", 9) +
      oval(268, 308, 17, 17, INK) +
      fill("M100 190 H300 C300 238 256 262 200 262 S100 238 100 190Z", p.dark) +
      fill("M100 180 C100 124 150 98 200 98 S300 124 300 180Z", BODY) +
      box(92, 178, 216, 14, 7, METAL) +
      stroke("M178 98 C178 74 222 74 222 98", "#c99f6a", 9) +
      oval(248, 134, 10, 10, METAL) +
      gloss("M122 166 C128 138 148 122 172 116", 8),
  },
  "charcoal-bag": {
    foot: 86,
    draw: (p) =>
      fill(
        "M126 138 Q140 124 130 106 H270 Q260 124 274 138 L284 300 Q284 318 268 318 H132 Q116 318 116 300Z",
        BODY,
      ) +
      stroke("M130 118 H270", PAPER, 4, 'stroke-dasharray="10 7"') +
      fill("M142 172 H258 V276 H142Z", PAPER) +
      fill("M200 184 C226 214 232 258 200 264 S176 214 200 184Z", "#d8642f") +
      fill("M200 218 C212 234 214 256 200 260 S188 236 200 218Z", "#f6c04d") +
      oval(300, 308, 20, 12, INK) +
      oval(92, 310, 17, 10, INK) +
      stroke("M134 296 H266", p.light, 4),
  },
  "deck-chair": {
    foot: 116,
    draw: (p) =>
      stroke("M106 92 L284 316 M280 176 L126 316", "#b98a58", 11) +
      fill("M112 96 C150 190 210 250 292 214 L300 232 C204 286 120 208 92 112Z", BODY) +
      stroke("M118 116 C156 202 214 248 286 220", p.light, 6) +
      stroke("M104 112 C142 214 212 266 294 228", p.dark, 4) +
      stroke("M88 112 L122 88 M268 228 H310", "#80583b", 11),
  },
} as const satisfies { readonly [name: string]: Shape };
