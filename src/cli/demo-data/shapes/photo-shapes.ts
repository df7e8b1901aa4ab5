import { BODY, box, fill, INK, METAL, oval, PAPER, stroke, type Shape } from "./paint.ts";

export const PHOTO_SHAPES = {
  camera: {
    foot: 118,
    draw: (p) =>
      fill("M150 152 L164 122 H236 L250 152Z", p.dark) +
      box(84, 146, 232, 168, 22, BODY) +
      box(84, 188, 232, 84, 0, INK) +
      oval(200, 230, 70, 70, METAL) +
      oval(200, 230, 59, 59, "#23252b") +
      oval(200, 230, 40, 40, "#3b4a66") +
      oval(200, 230, 22, 22, "#1b2030") +
      oval(184, 212, 10, 10, "#ffffff", 'opacity=".65"') +
      box(104, 130, 44, 18, 6, p.deep) +
      oval(284, 142, 17, 9, METAL) +
      box(272, 160, 26, 16, 4, "#f7e4ae"),
  },
  "instant-camera": {
    foot: 104,
    draw: (p) =>
      fill("M146 316 L150 336 H250 L254 316Z", PAPER) +
      fill("M98 202 L114 118 Q116 106 128 106 H272 Q284 106 286 118 L302 202Z", p.main) +
      fill("M94 198 H306 V296 Q306 316 286 316 H114 Q94 316 94 296Z", BODY) +
      oval(200, 206, 58, 58, PAPER) +
      oval(200, 206, 42, 42, INK) +
      oval(200, 206, 24, 24, "#3b4a66") +
      oval(190, 194, 7, 7, "#ffffff", 'opacity=".7"') +
      box(128, 122, 52, 28, 6, "#f9ecc4") +
      box(232, 122, 38, 28, 6, INK) +
      oval(276, 250, 11, 11, "#c4553d") +
      box(112, 288, 176, 9, 4, p.deep),
  },
  lens: {
    foot: 74,
    draw: (p) =>
      box(134, 132, 132, 186, 14, BODY) +
      oval(200, 132, 66, 25, p.deep) +
      oval(200, 132, 53, 19, "#3b4a66") +
      oval(200, 134, 34, 11, "#1b2030") +
      oval(182, 126, 12, 4, "#ffffff", 'opacity=".7"') +
      box(134, 178, 132, 38, 0, p.deep) +
      Array.from({ length: 15 }, (_, i) => stroke(`M${142 + i * 8.3} 182 V212`, p.dark, 3)).join("") +
      box(134, 232, 132, 7, 0, "#c6a052") +
      stroke("M152 264 H176 M190 264 H208 M222 264 H246", PAPER, 5) +
      box(142, 300, 116, 18, 3, METAL),
  },
  "memory-card": {
    foot: 70,
    draw: (p) =>
      fill("M128 100 H232 L272 140 V304 Q272 318 258 318 H142 Q128 318 128 304Z", INK) +
      fill("M136 190 H264 V302 Q264 310 256 310 H144 Q136 310 136 302Z", BODY) +
      [0, 1, 2, 3, 4].map((i) => box(146 + i * 19, 112, 11, 40, 3, "#d8b75e")).join("") +
      stroke("M156 226 H228 M156 250 H244", PAPER, 9) +
      stroke("M156 280 H196", p.light, 7) +
      box(120, 176, 8, 24, 2, p.light),
  },
  tripod: {
    foot: 96,
    draw: (p) =>
      stroke("M196 168 L116 316 M204 168 L284 316 M200 168 V312", p.main, 11) +
      stroke("M160 234 L116 316 M240 234 L284 316 M200 236 V312", p.deep, 8) +
      stroke("M200 92 V180", "#8f959b", 11) +
      stroke("M164 226 H236", "#8f959b", 4) +
      box(176, 150, 48, 32, 9, p.dark) +
      box(164, 82, 72, 16, 5, INK) +
      stroke("M216 112 L268 132", INK, 9),
  },
  "camera-bag": {
    foot: 116,
    draw: (p) =>
      stroke("M108 182 C120 66 280 66 292 182", p.deep, 10) +
      box(88, 172, 224, 146, 24, BODY) +
      fill("M88 194 Q88 166 112 166 H288 Q312 166 312 194 V232 Q200 268 88 232Z", p.dark) +
      stroke("M150 220 V268 M250 220 V268", "#c99f6a", 13) +
      box(142, 248, 16, 22, 4, METAL) +
      box(242, 248, 16, 22, 4, METAL) +
      stroke("M96 228 Q200 262 304 228", p.light, 3, 'stroke-dasharray="7 6" opacity=".8"'),
  },
  film: {
    foot: 0,
    draw: (p) =>
      [
        [-13, "#d9b79a", 148],
        [11, p.light, 236],
        [-2, p.main, 194],
      ]
        .map(([turn, sky, x]) => {
          const left = Number(x) - 62;
          return (
            `<g transform="rotate(${turn} ${x} 210)">` +
            box(left, 118, 124, 154, 5, PAPER) +
            box(left + 10, 130, 104, 104, 2, String(sky)) +
            fill(
              `M${left + 10} 234 V206 L${left + 42} 176 L${left + 66} 204 L${left + 84} 188 L${left + 114} 216 V234Z`,
              p.deep,
            ) +
            oval(left + 88, 156, 10, 10, "#fff3d0") +
            `</g>`
          );
        })
        .join(""),
  },
} as const satisfies { readonly [name: string]: Shape };
