/** What the frame around all pages says. */
export const WORDS = {
  product: "Concierge",
  skip: "Skip to the page",
  menu: "Menu",
  theme: "Light or dark",
  signOut: "Sign out",
  signedInAs: (label: string, role: string) => `${label}, ${role}`,
  roles: { owner: "owner", marketer: "marketer", analyst: "analyst", associate: "store associate" },
  groups: { see: "See", steer: "Steer", know: "Know", run: "Run" },
  pages: {
    overview: "Overview",
    slots: "Slots and rules",
    experiments: "Experiments",
    segments: "Segments and value",
    customers: "Customers",
    catalog: "Catalog and model",
    deliveries: "Triggers and deliveries",
    privacy: "Privacy",
  },
  signIn: {
    title: "Sign in",
    lead: "With a key of your own. It opens what its role may see, and stays in this tab only.",
    key: "Key",
    keyHint:
      "It begins with ak_. The shop's owner makes one for each person under Triggers and deliveries, Keys.",
    submit: "Sign in",
    notAPerson: "That is not the key of a person. Keys of people begin with ak_.",
  },
  notFound: { title: "There is no such page", cure: "The menu leads to all that your role may see." },
  faulty: "This page has a fault of its own. Load it again; if it stays, tell us what you did.",
  again: "Load again",
} as const;
