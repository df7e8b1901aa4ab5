import { useEffect, useRef, useState } from "preact/hooks";
import { Empty } from "../../parts/empty.tsx";
import { percent } from "../../parts/format.ts";
import { WORDS } from "../../words/catalog.ts";
import type { ItemAnswer } from "./answers.ts";
import { linesOf, ringOf, type Node } from "./ring.ts";
import { itemAddress } from "./told.tsx";

const { item: words } = WORDS;
const LISTS = ["goes_with", "viewed_with", "better", "alike"] as const;
/** Below this width fewer neighbours fit, with shorter names. */
const NARROW = 560;

/**
 * The item in the middle, its neighbours around it. A node is a link to that item's page; arrows go around the ring. The lists
 * below are the same in words.
 */
export function Graph({ answer }: { readonly answer: ItemAnswer }) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [near, setNear] = useState<string>();
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const isNarrow = width < NARROW;
  const height = isNarrow ? 420 : 460;
  const nodes = ringOf(answer, { width, height, most: isNarrow ? 8 : 14 });
  if (width > 0 && nodes.length === 0) return <Empty title={words.nothing}>{words.nothingCure}</Empty>;
  const at = new Map(nodes.map((node) => [node.id, node]));
  const centre = { x: width / 2, y: height / 2 };
  const ties = answer.ties.flatMap((tie) => {
    const [from, to] = [at.get(tie.from), at.get(tie.to)];
    return from && to ? [{ ...tie, a: from, b: to }] : [];
  });
  const dim = (id: string): string =>
    near === undefined ||
    near === id ||
    ties.some(({ from, to }) => (from === near && to === id) || (to === near && from === id))
      ? ""
      : " is-dim";
  return (
    <div ref={place} class="catalog-graph">
      {width > 0 && (
        <svg width={width} height={height} role="group" aria-label={words.graphLabel(answer.item.title)}>
          <g aria-hidden="true">
            {ties.map(({ from, to, a, b, by, strength }) => (
              <path
                key={`${from} ${to}`}
                class={`catalog-tie ${by}${near === from || near === to ? " is-near" : near ? " is-dim" : ""}`}
                d={`M${a.x} ${a.y}Q${(a.x + b.x + centre.x) / 3} ${(a.y + b.y + centre.y) / 3} ${b.x} ${b.y}`}
                stroke-width={0.75 + 1.5 * strength}
              />
            ))}
            {nodes.map(({ id, list, strength, x, y }) => (
              <line
                key={id}
                class={`catalog-edge ${list}${dim(id)}`}
                x1={centre.x}
                y1={centre.y}
                x2={x}
                y2={y}
                stroke-width={1.5 + 6.5 * strength}
              />
            ))}
          </g>
          <g aria-hidden="true">
            <circle class="catalog-centre" cx={centre.x} cy={centre.y} r={14} />
            {!isNarrow && (
              <Name lines={linesOf(answer.item.title, 22)} x={centre.x} y={centre.y + 30} isStrong />
            )}
          </g>
          <g onKeyDown={walkRing} onMouseLeave={() => setNear(undefined)}>
            {nodes.map((node) => (
              <a
                key={node.id}
                href={itemAddress(node.id)}
                class={`catalog-node ${node.list}${node.isBlocked ? " is-blocked" : ""}${dim(node.id)}`}
                onMouseEnter={() => setNear(node.id)}
                onFocus={() => setNear(node.id)}
                onBlur={() => setNear(undefined)}
              >
                <title>
                  {words.nodeLabel(node.title, WORDS.lists[node.list], percent(node.strength, 0))}
                </title>
                <Dot node={node} />
                <NodeName node={node} length={isNarrow ? 13 : 20} isAbove={node.y < centre.y - 20} />
              </a>
            ))}
          </g>
        </svg>
      )}
      <ul class="catalog-legend">
        {LISTS.filter((list) => nodes.some((node) => node.list === list)).map((list) => (
          <li key={list} class={list}>
            {WORDS.lists[list]}
          </li>
        ))}
      </ul>
    </div>
  );
}

const Dot = ({ node: { x, y, strength } }: { readonly node: Node }) => (
  <circle cx={x} cy={y} r={6 + 5 * strength} />
);

type NodeNameProps = { readonly node: Node; readonly length: number; readonly isAbove: boolean };

/** Outside the ring, where no line runs. */
function NodeName({ node, length, isAbove }: NodeNameProps) {
  const lines = linesOf(node.title, length);
  const y = isAbove ? node.y - 2 - 14 * lines.length : node.y + 25;
  return <Name lines={lines} x={node.x} y={y} />;
}

type NameProps = {
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly isStrong?: boolean;
};

const Name = ({ lines, x, y, isStrong }: NameProps) => (
  <text class={isStrong ? "is-strong" : undefined} x={x} y={y} text-anchor="middle">
    {lines.map((line, place) => (
      <tspan key={place} x={x} dy={place === 0 ? 0 : 14}>
        {line}
      </tspan>
    ))}
  </text>
);

/** Arrows lead around the ring. */
function walkRing(event: KeyboardEvent & { readonly currentTarget: SVGGElement }): void {
  const step = ["ArrowRight", "ArrowDown"].includes(event.key)
    ? 1
    : ["ArrowLeft", "ArrowUp"].includes(event.key)
      ? -1
      : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<SVGAElement>("a")];
  const here = links.findIndex((link) => link === document.activeElement);
  if (here < 0) return;
  event.preventDefault();
  links.at((here + step) % links.length)?.focus();
}
