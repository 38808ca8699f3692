import { el, $, number, metricName, hourMinute, time } from './dom.js';

let map = null, at = [0, 0];

// One hue from pale to deep, readable in both themes; lightness alone tells the order.
function colour(share) {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches !== (document.documentElement.dataset.theme === 'light') && document.documentElement.dataset.theme !== 'light' || document.documentElement.dataset.theme === 'dark';
  const stops = dark ? [[38, 46, 54], [30, 92, 110], [58, 150, 150], [240, 210, 140]] : [[244, 234, 214], [226, 172, 110], [180, 82, 48], [84, 28, 44]];
  const place = Math.max(0, Math.min(.9999, share)) * (stops.length - 1), i = Math.floor(place), f = place - i;
  return `rgb(${stops[i].map((c, k) => Math.round(c + (stops[i + 1][k] - c) * f)).join(' ')})`;
}

export function drawHeat(report) {
  map = report;
  const target = $('heat');
  const values = report.hubs.flatMap(h => h.values).filter(v => v !== null);
  if (values.length === 0) {
    target.replaceChildren(el('p', { class: 'note' }, 'Nothing was sent in this range.'));
    $('heat-note').textContent = '';
    return;
  }
  const low = Math.min(...values), high = Math.max(...values), { name, unit } = metricName(report.metric);
  let canvas = target.querySelector('canvas');
  if (!canvas || canvas.dataset.rows !== String(report.hubs.length)) {
    canvas = el('canvas', { tabindex: 0, role: 'img', 'data-rows': report.hubs.length });
    canvas.addEventListener('mousemove', e => { const box = canvas.getBoundingClientRect(); pick((e.clientY - box.top) / box.height * map.hubs.length, (e.clientX - box.left) / box.width * map.cells); });
    canvas.addEventListener('keydown', e => {
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[e.key];
      if (step) { e.preventDefault(); pick(at[0] + step[0], at[1] + step[1]); }
    });
    canvas.addEventListener('focus', () => pick(at[0], at[1]));
    target.replaceChildren(
      el('div', { class: 'heat-grid' }, el('div', { class: 'heat-hubs', 'aria-hidden': 'true' }), canvas),
      el('div', { class: 'heat-foot' }, el('span', { class: 'heat-from' }), el('span', { class: 'heat-scale' }), el('span', { class: 'heat-to' })));
  }
  canvas.setAttribute('aria-label', `Heat-map of ${name}${unit ? ` in ${unit}` : ''}: ${report.hubs.length} hubs, from ${number(low)} to ${number(high)}. Arrow keys read the cells.`);
  target.querySelector('.heat-hubs').replaceChildren(...report.hubs.map(h => el('span', {}, h.hub)));
  target.querySelector('.heat-from').textContent = hourMinute(report.from);
  target.querySelector('.heat-to').textContent = 'now';
  const bar = el('i', {});
  bar.style.background = `linear-gradient(90deg, ${[0, .25, .5, .75, 1].map(colour).join(', ')})`;
  target.querySelector('.heat-scale').replaceChildren(`${number(low)} ${unit}`, bar, `${number(high)} ${unit}`);
  const row = 18, ratio = devicePixelRatio || 1, width = canvas.clientWidth || 800;
  canvas.width = width * ratio;
  canvas.height = report.hubs.length * row * ratio;
  canvas.style.height = `${report.hubs.length * row}px`;
  const pen = canvas.getContext('2d');
  pen.scale(ratio, ratio);
  const cell = width / report.cells, span = high - low || 1;
  report.hubs.forEach((hub, r) => hub.values.forEach((value, c) => {
    if (value === null) return;
    pen.fillStyle = colour((value - low) / span);
    pen.fillRect(c * cell, r * row + 1, Math.max(1, cell - (cell > 6 ? 1 : 0)), row - 2);
  }));
}

function pick(row, cell) {
  if (!map) return;
  const r = Math.max(0, Math.min(map.hubs.length - 1, Math.floor(row))), c = Math.max(0, Math.min(map.cells - 1, Math.floor(cell)));
  at = [r, c];
  const { unit } = metricName(map.metric), value = map.hubs[r].values[c];
  $('heat-note').textContent = `${map.hubs[r].hub}, ${time(+new Date(map.from) + c * map.step * 60000)}: ${value === null ? 'nothing' : `${number(value)} ${unit}`}`;
}
