import { BODY, box, fill, GLASS, gloss, INK, METAL, oval, PAPER, stroke, WOOD, type Shape } from "./paint.ts";

export const TEA_AND_COFFEE_SHAPES = {
  kettle: {
    foot: 96,
    draw: (p) =>
      stroke("M238 152 C306 138 318 186 308 236 Q303 262 268 268", p.deep, 15) +
      fill("M140 214 L104 184 Q98 177 107 172 L130 163 L156 182Z", p.dark) +
      fill(
        "M126 300 C128 222 146 160 164 146 H236 C254 160 272 222 274 300 Q274 310 262 310 H138 Q126 310 126 300Z",
        BODY,
      ) +
      fill("M164 148 Q200 118 236 148Z", p.dark) +
      oval(200, 126, 11, 9, p.deep) +
      box(116, 304, 168, 15, 7, p.deep) +
      gloss("M150 282 C152 232 162 190 174 168"),
  },
  gooseneck: {
    foot: 92,
    draw: (p) =>
      stroke("M244 178 H292 Q304 178 304 192 V246 Q304 258 292 258 H262", p.deep, 14) +
      stroke("M148 268 C96 268 126 168 92 158 L80 160", p.dark, 11) +
      fill("M138 304 L152 176 Q153 168 162 168 H238 Q247 168 248 176 L262 304Z", BODY) +
      fill("M160 168 Q200 146 240 168Z", p.dark) +
      box(193, 132, 14, 24, 7, p.deep) +
      box(124, 302, 152, 16, 8, p.deep) +
      gloss("M158 286 L170 190"),
  },
  teapot: {
    foot: 98,
    draw: (p) =>
      stroke("M262 206 C316 190 330 262 262 276", p.dark, 15) +
      fill("M138 226 C104 224 104 190 78 178 Q72 170 84 166 C122 168 126 196 148 198Z", p.dark) +
      fill(
        "M122 242 C122 178 160 166 200 166 S278 178 278 242 C278 292 246 316 200 316 S122 292 122 242Z",
        BODY,
      ) +
      fill("M150 176 Q200 140 250 176 Q200 192 150 176Z", p.main) +
      stroke("M150 177 Q200 193 250 177", p.dark, 3) +
      oval(200, 146, 13, 11, WOOD) +
      gloss("M146 250 C146 216 156 202 172 194"),
  },
  "tea-tin": {
    foot: 72,
    draw: (p) =>
      box(134, 152, 132, 166, 10, BODY) +
      box(128, 132, 144, 34, 9, p.deep) +
      box(152, 190, 96, 92, 6, PAPER) +
      fill("M200 258 C172 250 172 216 200 206 C228 216 228 250 200 258Z", p.main) +
      stroke("M200 270 V222", p.deep, 3) +
      gloss("M146 180 V300", 5),
  },
  "coffee-bag": {
    foot: 78,
    draw: (p) =>
      fill("M132 134 H268 L276 304 Q277 318 262 318 H138 Q123 318 124 304Z", BODY) +
      fill("M132 134 L138 104 H262 L268 134Z", p.dark) +
      box(136, 112, 128, 10, 4, p.deep) +
      box(150, 176, 100, 96, 8, PAPER) +
      oval(200, 224, 23, 31, p.deep, 'transform="rotate(28 200 224)"') +
      stroke("M186 248 C206 236 194 216 214 200", PAPER, 4) +
      oval(200, 152, 7, 7, p.deep),
  },
  dripper: {
    foot: 84,
    draw: (p) =>
      fill("M148 236 H252 L266 304 Q268 318 254 318 H146 Q132 318 134 304Z", GLASS) +
      fill("M140 276 H260 L266 304 Q268 318 254 318 H146 Q132 318 134 304Z", "#5b3a28") +
      stroke("M258 250 C298 250 298 298 264 300", p.deep, 9) +
      box(136, 222, 128, 16, 8, p.dark) +
      fill("M126 134 H274 L226 214 Q222 224 212 224 H188 Q178 224 174 214Z", BODY) +
      fill("M140 134 L150 112 H250 L260 134Z", PAPER) +
      stroke("M166 152 L186 200 M200 152 V202 M234 152 L214 200", p.dark, 3, 'opacity=".5"'),
  },
  "french-press": {
    foot: 74,
    draw: (p) =>
      stroke("M254 176 C316 172 316 278 254 276", INK, 13) +
      box(146, 158, 108, 154, 10, GLASS) +
      box(150, 214, 100, 94, 6, "#5b3a28") +
      box(140, 148, 120, 22, 8, METAL) +
      box(142, 222, 116, 9, 4, p.main) +
      stroke("M146 300 V320 M254 300 V320", p.main, 9) +
      box(142, 294, 116, 10, 5, p.main) +
      stroke("M200 148 V104", p.dark, 6) +
      oval(200, 98, 14, 12, INK) +
      gloss("M162 184 V286", 6),
  },
  moka: {
    foot: 76,
    draw: (p) =>
      stroke("M248 158 L300 164 V232", INK, 15) +
      fill("M134 318 L148 238 H252 L266 318Z", BODY) +
      fill("M148 228 L138 142 H262 L252 228Z", BODY) +
      fill("M142 170 L110 148 L138 142Z", p.dark) +
      box(140, 222, 120, 18, 5, p.dark) +
      fill("M138 142 Q200 108 262 142Z", p.dark) +
      oval(200, 116, 11, 10, INK) +
      stroke(
        "M182 226 L176 150 M220 226 L226 150 M180 242 L172 316 M222 242 L230 316",
        p.light,
        3,
        'opacity=".7"',
      ),
  },
  espresso: {
    foot: 112,
    draw: (p) =>
      box(102, 118, 196, 200, 16, BODY) +
      box(102, 118, 196, 26, 12, p.dark) +
      box(118, 190, 164, 102, 8, INK) +
      box(176, 178, 48, 26, 6, METAL) +
      stroke("M200 206 H246", p.deep, 10) +
      stroke("M190 206 V222 M210 206 V222", "#8f959b", 5) +
      fill("M178 252 H222 L217 284 Q216 288 210 288 H190 Q184 288 183 284Z", PAPER) +
      box(110, 290, 180, 12, 4, METAL) +
      oval(132, 166, 10, 10, METAL) +
      oval(160, 166, 10, 10, METAL) +
      stroke("M264 190 C270 214 264 240 256 256", "#c9ced3", 5) +
      oval(258, 166, 14, 14, PAPER),
  },
  grinder: {
    foot: 70,
    draw: (p) =>
      fill("M150 152 L160 98 H240 L250 152Z", GLASS) +
      fill("M154 150 L158 124 H242 L246 150Z", "#6b452e") +
      box(152, 90, 96, 14, 6, INK) +
      fill("M138 318 L146 152 H254 L262 318Z", BODY) +
      oval(200, 196, 22, 22, p.deep) +
      stroke("M200 196 V180", PAPER, 4) +
      box(162, 240, 76, 64, 8, p.deep) +
      box(170, 262, 60, 36, 6, GLASS),
  },
  mug: {
    foot: 84,
    draw: (p) =>
      stroke("M252 210 C312 202 312 286 250 282", p.dark, 17) +
      fill("M130 172 H260 V286 Q260 318 228 318 H162 Q130 318 130 286Z", BODY) +
      oval(195, 172, 65, 14, p.dark) +
      oval(195, 174, 56, 10, "#5b3a28") +
      fill("M130 286 Q130 318 162 318 H228 Q260 318 260 286 V276 H130Z", p.light, 'opacity=".55"') +
      stroke(
        "M176 140 C166 126 186 118 176 102 M212 140 C202 126 222 118 212 102",
        "#ffffff",
        5,
        'opacity=".6"',
      ),
  },
  carton: {
    foot: 92,
    draw: (p) =>
      fill("M114 168 L214 150 L214 318 L114 318Z", BODY) +
      fill("M214 150 L288 172 L288 312 L214 318Z", p.dark) +
      fill("M114 168 L190 140 L288 172 L214 152Z", p.light) +
      box(130, 200, 68, 84, 5, PAPER) +
      oval(164, 232, 19, 19, p.main) +
      stroke("M144 266 H184 M150 276 H178", p.deep, 4),
  },
} as const satisfies { readonly [name: string]: Shape };
