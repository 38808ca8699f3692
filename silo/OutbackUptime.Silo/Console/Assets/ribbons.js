import { el, svg, $, hourMinute, time } from './dom.js';

// Each verdict has a letter and a pattern besides its colour.
export const verdicts = {
  'up': ['', 'Up'], 'hub-down': ['H', 'Hub down'], 'gateway-down': ['G', 'Gateway down'], 'link-down': ['L', 'Link down'],
  'region-down': ['R', 'Region down'], 'ours': ['O', 'Our software'], 'unknown': ['?', 'Not known'],
};

function patterns() {
  const line = (d, width = 2) => svg('path', { d, stroke: 'currentColor', 'stroke-width': width, fill: 'none' });
  const make = (id, ...content) => svg('pattern', { id: `p-${id}`, width: 8, height: 8, patternUnits: 'userSpaceOnUse', class: `v-${id}` }, svg('rect', { width: 8, height: 8, class: 'ground' }), svg('g', { class: 'figure' }, content));
  return svg('svg', { class: 'hide', 'aria-hidden': 'true', width: 0, height: 0 }, svg('defs', {},
    make('up'), make('hub-down', line('M0 8L8 0M-2 2L2 -2M6 10L10 6')), make('gateway-down', line('M2 0V8M6 0V8', 1.5)), make('link-down', line('M0 4H8', 2)),
    make('region-down', line('M0 0L8 8M-2 6L2 10M6 -2L10 2')), make('ours', svg('circle', { cx: 4, cy: 4, r: 1.8, fill: 'currentColor' })), make('unknown', line('M0 0L8 8M8 0L0 8', 1)),
    make('late', line('M0 8L8 0', 1.2)), make('lost', line('M0 0L8 8M8 0L0 8', 2))));
}

function swatch(id) {
  const [letter] = verdicts[id] ?? [''];
  return svg('svg', { width: 22, height: 14, viewBox: '0 0 22 14', 'aria-hidden': 'true', class: `v-${id}` }, svg('rect', { width: 22, height: 14, rx: 3, fill: `url(#p-${id})` }), letter ? svg('text', { x: 11, y: 11, 'text-anchor': 'middle', class: 'letter' }, letter) : null);
}

export function drawLegend() {
  document.body.append(patterns());
  $('ribbon-legend').replaceChildren(
    ...Object.entries(verdicts).map(([id, [letter, name]]) => el('li', {}, swatch(id), letter && letter !== '?' ? `${letter} · ${name}` : name)),
    el('li', {}, svg('svg', { width: 22, height: 14, 'aria-hidden': 'true', class: 'mark-late' }, svg('rect', { y: 10, width: 22, height: 4, rx: 1 })), 'late, but complete'),
    el('li', {}, svg('svg', { width: 22, height: 14, 'aria-hidden': 'true', class: 'mark-thinned' }, svg('rect', { y: 10, width: 22, height: 4, rx: 1 })), 'thinned'),
    el('li', {}, svg('svg', { width: 22, height: 14, 'aria-hidden': 'true', class: 'mark-lost' }, svg('rect', { y: 10, width: 22, height: 4, rx: 1 })), 'lost'));
}

export function drawRibbons(report) {
  const from = +new Date(report.from), length = Math.max(60000, new Date(report.to) - from);
  // In pixels, so that letters keep their shape.
  const room = $('ribbons').clientWidth || 1000, width = Math.max(150, room - (innerWidth > 820 ? 190 : 82));
  const x = at => Math.max(0, Math.min(width, (new Date(at) - from) / length * width));
  if (report.hubs.length === 0) {
    $('ribbons').replaceChildren(el('p', { class: 'note' }, 'No minute of this range has been judged yet.'));
  } else {
    const ticks = width > 500 ? 6 : 3;
    const labels = el('div', { class: 'ticks', 'aria-hidden': 'true' }, Array.from({ length: ticks + 1 }, (_, i) => el('span', {}, hourMinute(from + length * i / ticks))));
    $('ribbons').replaceChildren(...report.hubs.map(hub => row(hub, report, x, width)), el('div', { class: 'ribbon' }, el('span', {}), labels, el('span', {})));
  }
  const gone = report.marks.filter(m => m.kind !== 'late');
  $('marks').replaceChildren(...gone.slice(0, 20).map(m => el('li', { class: `mark ${m.kind}` }, el('b', {}, m.kind), ` ${m.hub || 'several hubs'}, ${time(m.from)} – ${time(m.to)}: ${m.packets} packets. ${m.detail}`)));
}

function row(hub, report, x, width) {
  const minutes = {};
  for (const run of hub.runs) minutes[run.verdict] = (minutes[run.verdict] ?? 0) + run.minutes;
  const known = Object.entries(minutes).filter(([v]) => v !== 'unknown').reduce((sum, [, m]) => sum + m, 0);
  const percent = known ? `${(100 * (minutes.up ?? 0) / known).toFixed(known === minutes.up ? 0 : 1)} %` : '–';
  const text = `${hub.hub}: ${percent} up. ${Object.entries(minutes).map(([v, m]) => `${verdicts[v]?.[1] ?? v} ${m} min`).join(', ')}`;
  const bars = hub.runs.map(run => {
    const end = +new Date(run.from) + run.minutes * 60000, left = x(run.from), w = Math.max(1, x(end) - left), [letter, name] = verdicts[run.verdict] ?? ['', run.verdict];
    return svg('g', { class: `v-${run.verdict}` }, svg('title', {}, `${name}, ${time(run.from)} – ${time(end)}${run.late ? '; the packets came afterwards and are complete' : ''}`),
      svg('rect', { x: left, y: 0, width: w, height: 16, fill: `url(#p-${run.verdict})` }),
      letter && w > 16 ? svg('text', { class: 'letter', x: left + w / 2, y: 12, 'text-anchor': 'middle' }, letter) : null,
      run.late ? svg('rect', { class: 'mark-late', x: left, y: 16, width: w, height: 4 }) : null);
  });
  const gone = report.marks.filter(m => m.kind !== 'late' && (m.hub === hub.hub || !m.hub)).map(m => svg('g', { class: `mark-${m.kind}` }, svg('title', {}, `${m.kind}: ${m.packets} packets. ${m.detail}`), svg('rect', { x: x(m.from), y: 16, width: Math.max(3, x(m.to) - x(m.from)), height: 4 })));
  return el('div', { class: 'ribbon', 'data-hub': hub.hub }, el('span', { class: 'hub' }, hub.hub === 'gateway' ? 'gateway' : hub.hub),
    svg('svg', { viewBox: `0 0 ${width} 20`, preserveAspectRatio: 'none', role: 'img', 'aria-label': text }, bars, gone), el('span', { class: 'pct' }, percent));
}
