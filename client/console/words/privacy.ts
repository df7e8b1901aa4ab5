/** What the page of privacy says. */
export const WORDS = {
  title: "Privacy",
  lead: "What is kept and why, what people agreed to, and who was erased.",
  shares: "Who agreed to what",
  sharesHint:
    "Of the people the site knows: whoever agreed to nothing and bought nothing is not among them. Shares about fewer than five people, or all but fewer than five, are withheld.",
  people: "People",
  purpose: "Purpose",
  share: "Share",
  withheld: "too few to tell",
  nobody: "Nobody agreed to anything yet",
  nobodyCure:
    "Ask for consent with the banner, a consent tool or your own call. Until then pages get contextual answers, and nothing is kept.",
  decisions: "Decisions without analytics",
  decisionsHint:
    "Answers to pages of people who did not agree to be measured: nothing else of them is counted.",
  ofAll: (count: string) => `of ${count} in 30 days`,
  register: "Register of what is kept",
  registerHint:
    "Every field that is stored about a person: what for, on which purposes, for how long. It is made from the program itself, so none is missing.",
  search: "Search the register",
  where: "Where",
  field: "Field",
  use: "What for",
  needs: "Needs",
  needsNothing: "the service itself",
  kept: "Kept",
  erasures: "Erasures",
  erasuresHint:
    "Everybody who was erased, by the receipt they got. Nobody is named: after an erasure nobody knows who it was.",
  receipt: "Receipt",
  at: "When",
  returned: "Came back",
  no: "no",
  noErasures: "Nobody was erased yet.",
  more: "Show more",
  owed: "Still to be cleared",
  owedHint: "Own data goes at once; shared logs are rewritten within 24 hours.",
  policy: "Policy version",
} as const;
