/** The colours things are made in, as sRGB hex. Muted on purpose: three hundred pictures share one page. */
export const COLOURS = {
  sage: "#8fa585",
  clay: "#c27a55",
  ink: "#34445e",
  ochre: "#d6a246",
  cream: "#efe3cd",
  plum: "#7d4d66",
  slate: "#66737f",
  forest: "#3f6250",
  rust: "#ab5034",
  sky: "#86aec8",
  blush: "#dfae9f",
  charcoal: "#42434a",
  white: "#f4f1ea",
  steel: "#b9c0c6",
  oak: "#c99f6a",
  walnut: "#80583b",
  copper: "#c77b4f",
  brass: "#c6a052",
} as const;
export type ColourName = keyof typeof COLOURS;

/** Backdrops as [lit, shaded]. */
const BACKDROPS = {
  sand: ["#f7efe2", "#e6d5bb"],
  mist: ["#eef2f3", "#ced9dd"],
  leaf: ["#eff3ea", "#cddac6"],
  petal: ["#faeee9", "#ebcfc4"],
  dusk: ["#eeeaf2", "#cfc6da"],
  honey: ["#fbf2dc", "#ecd6a3"],
} as const;
export type Backdrop = readonly [lit: string, shaded: string];

/** Backdrops on which a colour stands out: warm things on cool ground and the other way round. */
const SUITS: { readonly [colour in ColourName]: readonly (keyof typeof BACKDROPS)[] } = {
  sage: ["sand", "petal", "honey"],
  clay: ["mist", "leaf", "sand"],
  ink: ["honey", "petal", "sand"],
  ochre: ["mist", "dusk", "leaf"],
  cream: ["leaf", "dusk", "mist"],
  plum: ["honey", "sand", "leaf"],
  slate: ["petal", "honey", "sand"],
  forest: ["petal", "honey", "sand"],
  rust: ["mist", "leaf", "sand"],
  sky: ["petal", "sand", "honey"],
  blush: ["mist", "leaf", "dusk"],
  charcoal: ["honey", "mist", "petal"],
  white: ["dusk", "leaf", "mist"],
  steel: ["petal", "honey", "dusk"],
  oak: ["leaf", "mist", "dusk"],
  walnut: ["leaf", "sand", "mist"],
  copper: ["mist", "leaf", "dusk"],
  brass: ["dusk", "mist", "leaf"],
};

/** The ground an item of this colour is photographed on; `pick` in [0, 1) chooses among those that suit it. */
export function backdropFor(colour: ColourName, pick: number): Backdrop {
  const suiting = SUITS[colour];
  return BACKDROPS[suiting[Math.floor(pick * suiting.length)] ?? suiting[0]!];
}

/**
 * Mixes two sRGB colours channel by channel; `share` of the second in [0, 1].
 * @example mix("#000000", "#ffffff", 0.5) // "#808080"
 */
export function mix(first: string, second: string, share: number): string {
  const channel = (at: number) => {
    const a = Number.parseInt(first.slice(at, at + 2), 16);
    const b = Number.parseInt(second.slice(at, at + 2), 16);
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
