import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { day } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { PageHead, Panel } from "../../parts/panel.tsx";
import { addressOf } from "../../shell/pages.ts";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/customers.ts";
import type { Customer } from "./answers.ts";
import { Consent } from "./consent.tsx";
import { Facts } from "./facts.tsx";
import { NoteForm } from "./note-form.tsx";
import { Offers } from "./offers.tsx";
import { Rights } from "./rights.tsx";
import { Timeline } from "./timeline.tsx";
import { Worth } from "./worth.tsx";

/** One customer, as far as they agreed. */
export function Person({ id }: { readonly id: string }) {
  const isOwner = may(useSession(), ["owner"]);
  const read = useRead<Customer>(`/v1/customers/${encodeURIComponent(id)}`);
  const { data } = read;
  return (
    <>
      <PageHead
        title={id}
        lead={
          <>
            <a href={addressOf("customers")}>{WORDS.back}</a>
            {data && ` · ${WORDS.since(day(data.known.since))} `}
            {data?.known.isPaused && <Badge tone="warn">{WORDS.paused}</Badge>}
          </>
        }
      />
      <Loaded read={read} lines={8}>
        {(customer) => (
          <div class="panels">
            <Worth value={customer.value} affinities={customer.affinities} />
            <Offers offers={customer.offers} />
            <Segments segments={customer.segments} lifeEvents={customer.lifeEvents} />
            <NoteForm id={id} onSaved={read.reload} />
            <Panel title={WORDS.timeline} hint={WORDS.timelineHint}>
              <Timeline entries={customer.timeline} />
            </Panel>
            <Panel title={WORDS.facts} hint={WORDS.factsHint}>
              <Facts known={customer.known} />
            </Panel>
            <Panel title={WORDS.consent} isWide>
              <Consent consent={customer.known.consent} />
            </Panel>
          </div>
        )}
      </Loaded>
      {/* Also where nothing may be shown: rights need no grant. */}
      {isOwner && <Rights id={id} />}
    </>
  );
}

function Segments({ segments, lifeEvents }: Pick<Customer, "segments" | "lifeEvents">) {
  return (
    <Panel title={WORDS.segments}>
      {segments.length === 0 && <p class="soft">{WORDS.noSegments}</p>}
      <ul class="customers-list">
        {segments.map(({ id, values }) => {
          const why = Object.entries(values)
            .map(([name, value]) => `${name} is ${JSON.stringify(value)}`)
            .join(", ");
          return (
            <li key={id}>
              <strong>{id}</strong> {why && <span class="soft">{WORDS.because(why)}</span>}
            </li>
          );
        })}
        {lifeEvents.map(({ label, since }) => (
          <li key={label}>
            {label} <span class="soft">{WORDS.since(day(since))}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
