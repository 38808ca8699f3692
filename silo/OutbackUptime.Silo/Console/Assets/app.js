import { el, $, time, ago, number, say, metricName } from './dom.js';
import { get, me, signOut } from './api.js';
import { drawMap, updateMap, pulse } from './map.js';
import { drawLegend, drawRibbons } from './ribbons.js';
import { drawHeat } from './heat.js';
import { setRole, showAlerts, showReasons, showQuarantine, showDrills } from './people.js';

const state = { station: '', overview: null, hubs: new Map(), marks: [], moves: new Set(), first: true };
const shown = ['tank_level_pct', 'trough_flow_lpm', 'pump_current_a', 'battery_v', 'temperature_c'];

// ---- theme: as the system has it, or as chosen.
const themes = ['auto', 'light', 'dark'];
function setTheme(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try { localStorage.setItem('theme', theme); } catch { /* private mode */ }
  $('theme').textContent = theme[0].toUpperCase() + theme.slice(1);
  $('theme').setAttribute('aria-label', `${$('theme').textContent}: colours`);
  loadHeat();
}
const theme = () => document.documentElement.dataset.theme ?? 'auto';

// ---- what is shown at the top
function showOverview(o) {
  state.overview = o;
  $('safe').textContent = time(o.safeUpTo);
  $('safe').classList.toggle('stuck', !!o.safeUpTo && new Date(o.at) - new Date(o.safeUpTo) > 30000);
  const behind = o.safeUpTo ? Math.round((new Date(o.at) - new Date(o.safeUpTo)) / 1000) : null;
  $('safe-note').textContent = o.safeNote || (behind === null ? 'No packet in the last minutes.' : behind > 30 ? `${ago(o.safeUpTo)}: what came since is not in both regions yet.` : 'Every packet that has arrived is in both stores.');
  const home = o.stations.filter(s => s.owner && s.owner === s.homeRegion).length, registered = o.stations.filter(s => s.registered).length;
  const waiting = o.stations.reduce((sum, s) => sum + (s.atGateway ?? 0), 0);
  $('facts').replaceChildren(...[
    ['Regions up', `${o.regions.filter(r => r.up).length} of ${o.regions.length}`], ['Stations at home', `${home} of ${registered}`],
    ['Held by gateways', number(waiting)], ['Open alerts', o.stations.reduce((sum, s) => sum + s.openAlerts, 0)],
  ].map(([k, v]) => el('div', {}, el('dt', {}, k), el('dd', {}, String(v)))));
  if (!state.station && o.stations.length) select(o.stations[0].id);
  showStations(o);
  updateMap(o, state.station, select);
  showRegions(o);
  showMoves(o);
  showBanner();
  $('foot').textContent = `Silo ${o.silo} (${o.region}), ${time(o.at)}`;
}

function showStations(o) {
  const focused = document.activeElement?.dataset?.pick;
  $('stations').replaceChildren(...o.stations.map(s => el('tr', { class: s.id === state.station ? 'on' : null, 'data-station': s.id },
    el('th', { scope: 'row' }, el('button', { type: 'button', class: 'plain', 'data-pick': s.id, 'aria-pressed': String(s.id === state.station), onclick: () => select(s.id) }, s.name),
      s.openAlerts ? el('span', { class: 'tag warning', title: 'open alerts' }, `${s.openAlerts} !`) : null, s.registered ? null : el('span', { class: 'tag' }, 'not in the registry')),
    el('td', { class: 'owner', 'data-owner': s.owner ?? '' }, el('span', { class: `dot region-${s.owner ?? 'none'}` }), s.owner ?? '–', s.owner && s.homeRegion && s.owner !== s.homeRegion ? el('span', { class: 'tag warning' }, `away from ${s.homeRegion}`) : null),
    el('td', {}, ago(s.lastPacketAt)), el('td', { class: 'num' }, time(s.safeUpTo)))));
  if (focused) document.querySelector(`[data-pick="${CSS.escape(focused)}"]`)?.focus();
}

function showRegions(o) {
  $('regions').replaceChildren(...o.regions.map(r => el('article', { class: `card region region-${r.id} ${r.up ? 'up' : 'down'}`, 'data-region': r.id },
    el('p', { class: 'tags' }, el('span', { class: `tag ${r.up ? 'state-cleared' : 'critical'}` }, r.up ? 'up' : 'down'), el('span', { class: 'soft' }, `${r.stations} stations`)),
    el('h3', {}, { syd: 'Sydney', mel: 'Melbourne' }[r.id] ?? r.id),
    el('p', {}, `Store ${r.store.available ? 'takes packets' : 'can’t be written'}; newest packet ${time(r.store.newestPacketAt)}${r.store.queuedRows ? `; ${number(r.store.queuedRows)} rows wait` : ''}`),
    el('ul', { class: 'silos' }, r.silos.length ? r.silos.map(s => el('li', {}, el('b', {}, s.name), ` ${s.status.toLowerCase()}${s.lastBeatAt ? `, beat ${ago(s.lastBeatAt)}` : ''}`)) : el('li', { class: 'soft' }, 'no silo is in the cluster')))));
}

function showMoves(o) {
  if (o.moves.length === 0) { $('moves').replaceChildren(el('li', { class: 'soft' }, 'None seen by this silo.')); return; }
  const key = m => `${m.at} ${m.station} ${m.to}`;
  if (o.moves.every(m => state.moves.has(key(m))) && $('moves').childElementCount) return;
  o.moves.forEach(m => state.moves.add(key(m)));
  $('moves').replaceChildren(...o.moves.slice(0, 12).map(m => el('li', { class: m.takeover ? 'takeover' : 'giveback', 'data-station': m.station, 'data-to': m.to },
    el('time', { datetime: m.at }, time(m.at)), ` ${m.station}: ${m.takeover ? 'takeover by' : 'given back to'} ${m.to}${m.from ? ` from ${m.from}` : ''}`)));
}

// ---- what is not as it seems
function showBanner() {
  const o = state.overview, parts = [];
  for (const r of o?.regions ?? []) if (!r.up) parts.push(`Region ${r.id} is down: its stations are served by the other one.`);
  for (const r of o?.regions ?? []) if (r.up && !r.store.available) parts.push(`The store of ${r.id} can’t be written: what comes now is in one region only.`);
  for (const s of o?.stations ?? []) if (s.atGateway > 500) parts.push(`${s.name}: its gateway still holds ${number(s.atGateway)} packets; older times fill up as they arrive.`);
  const count = kind => state.marks.filter(m => m.kind === kind);
  const late = count('late'), thinned = count('thinned'), lost = count('lost'), name = o?.stations.find(s => s.id === state.station)?.name ?? '';
  const ranges = n => n === 1 ? '1 range' : `${n} ranges`, gone = lost.reduce((sum, m) => sum + m.packets, 0);
  if (late.length) parts.push(`${name}: ${ranges(late.length)} came late, complete.`);
  if (thinned.length) parts.push(`${name}: ${ranges(thinned.length)} thinned to quarter-hours.`);
  if (lost.length) parts.push(`${name}: ${gone === 1 ? '1 packet' : `${number(gone)} packets`} lost; Uptime names them.`);
  const text = parts.join(' ');
  if ($('banner').textContent !== text) $('banner').textContent = text;
  $('banner').hidden = text === '';
  $('banner').classList.toggle('bad', lost.length > 0 || (o?.regions ?? []).some(r => !r.up));
}

// ---- one station
async function select(station) {
  state.station = station;
  state.hubs.clear();
  state.marks = [];
  if (state.overview) { showStations(state.overview); updateMap(state.overview, station, select); }
  say(`${station} is shown.`);
  $('hubs').tBodies[0].replaceChildren();
  await Promise.all([loadHubs(), loadMetrics().then(loadHeat), loadRibbons()].map(p => p.catch(report)));
}

async function loadHubs() {
  const station = state.station;
  const page = await get(`/stations/${encodeURIComponent(station)}/hubs?limit=500`);
  if (station !== state.station) return;
  for (const hub of page.items) setHub(hub.id, hub.intervalSeconds, hub.latest, false);
  $('hubs-title').textContent = `Hubs of ${state.overview?.stations.find(s => s.id === station)?.name ?? station}`;
}

function setHub(id, interval, latest, live) {
  if (id === 'gateway') return;
  const head = $('hubs').tHead;
  if (!head.rows.length) head.append(el('tr', {}, el('th', { scope: 'col' }, 'Hub'), shown.map(m => { const { name, unit } = metricName(m); return el('th', { scope: 'col' }, name, ' ', el('span', { class: 'soft' }, unit)); }), el('th', { scope: 'col' }, 'Measured')));
  let known = state.hubs.get(id);
  if (!known) {
    const cells = Object.fromEntries(shown.map(m => [m, el('td', { class: 'num', 'data-metric': m })]));
    const row = el('tr', { 'data-hub': id }, el('th', { scope: 'row' }, id), Object.values(cells), el('td', { class: 'soft at' }));
    known = { row, cells, at: 0, interval };
    state.hubs.set(id, known);
    const body = $('hubs').tBodies[0];
    body.insertBefore(row, [...body.rows].find(r => r.dataset.hub > id) ?? null);
  }
  known.interval = interval ?? known.interval;
  if (!latest || +new Date(latest.eventTime) < known.at) return;
  known.at = +new Date(latest.eventTime);
  for (const metric of shown) {
    const cell = known.cells[metric], value = latest.metrics[metric], text = number(value);
    if (cell.textContent === text) continue;
    if (metric === 'tank_level_pct' && value !== undefined) {
      const bar = cell.querySelector('i') ?? el('i', { class: 'level', 'aria-hidden': 'true' });
      bar.style.setProperty('--level', `${Math.max(0, Math.min(100, value))}%`);
      cell.replaceChildren(bar, text);
      cell.classList.toggle('bad', value < 15);
    } else cell.textContent = text;
    if (live && !matchMedia('(prefers-reduced-motion: reduce)').matches) cell.animate([{ backgroundColor: 'var(--flash)' }, { backgroundColor: 'transparent' }], 1200);
  }
}

function age() {
  let silent = 0;
  for (const hub of state.hubs.values()) {
    hub.row.querySelector('.at').textContent = hub.at ? ago(hub.at) : 'never';
    const quiet = !hub.at || Date.now() - hub.at > 3000 * (hub.interval ?? 30) + 5000;
    hub.row.classList.toggle('silent', quiet);
    silent += quiet ? 1 : 0;
  }
  $('hubs-note').textContent = state.hubs.size ? `${state.hubs.size} hubs, ${silent ? `${silent} silent for 3 intervals` : 'all heard'}` : '';
}

async function loadMetrics() {
  const metrics = await get(`/stations/${encodeURIComponent(state.station)}/metrics`);
  const chosen = $('metric').value || 'tank_level_pct';
  $('metric').replaceChildren(...metrics.map(m => { const { name, unit } = metricName(m); return el('option', { value: m }, unit ? `${name} (${unit})` : name); }));
  $('metric').value = metrics.includes(chosen) ? chosen : metrics[0] ?? '';
}

async function loadHeat() {
  if (!state.station || !$('metric').value) return;
  const to = new Date(), from = new Date(to - $('heat-range').value * 3600000);
  drawHeat(await get(`/stations/${encodeURIComponent(state.station)}/heatmap?metric=${encodeURIComponent($('metric').value)}&from=${from.toISOString()}&to=${to.toISOString()}`));
}

async function loadRibbons() {
  if (!state.station) return;
  const station = state.station, to = new Date(), from = new Date(to - $('uptime-range').value * 3600000);
  const answer = await get(`/stations/${encodeURIComponent(station)}/ribbons?from=${from.toISOString()}&to=${to.toISOString()}`);
  if (station !== state.station) return;
  state.marks = answer.marks;
  drawRibbons(answer);
  showBanner();
}

function report(error) { if (error.message !== 'signed out') console.warn(error.message); }

// ---- live
function watch() {
  const source = new EventSource('/api/v1/live');
  source.addEventListener('open', () => link('live', true));
  source.addEventListener('error', () => {
    link('reconnecting', false);
    if (source.readyState === EventSource.CLOSED) setTimeout(async () => { try { await me(); watch(); } catch { setTimeout(watch, 4000); } }, 2000);
  });
  source.addEventListener('overview', e => showOverview(JSON.parse(e.data)));
  source.addEventListener('tail', e => {
    const tail = JSON.parse(e.data);
    pulse(tail.station);
    if (tail.station === state.station) for (const hub of tail.latest) setHub(hub.hub, null, hub, true);
  });
}

function link(text, good) {
  if ($('link').textContent !== text) $('link').textContent = text;
  $('link').classList.toggle('good', good);
}

const every = (seconds, work) => setInterval(() => { if (!document.hidden) work().catch(report); }, seconds * 1000);

async function start() {
  try { setTheme(themes.includes(localStorage.getItem('theme')) ? localStorage.getItem('theme') : 'auto'); } catch { setTheme('auto'); }
  const who = await me();
  $('who').textContent = who.name;
  setRole(who.role);
  drawMap($('map'));
  drawLegend();
  $('theme').addEventListener('click', () => setTheme(themes[(themes.indexOf(theme()) + 1) % themes.length]));
  $('signout').addEventListener('click', signOut);
  $('metric').addEventListener('change', () => loadHeat().catch(report));
  $('heat-range').addEventListener('change', () => loadHeat().catch(report));
  $('uptime-range').addEventListener('change', () => loadRibbons().catch(report));
  $('alert-state').addEventListener('change', () => showAlerts().catch(report));
  $('reason').addEventListener('change', () => showQuarantine().catch(report));
  $('quarantine-more').addEventListener('click', () => showQuarantine(true).catch(report));
  addEventListener('resize', () => loadHeat().catch(report));
  watch();
  await Promise.all([showAlerts(), showReasons(), showQuarantine(), showDrills()].map(p => p.catch(report)));
  setInterval(age, 1000);
  every(3, loadHubs); every(5, showAlerts); every(10, loadHeat); every(10, loadRibbons); every(30, showReasons); every(60, loadMetrics); every(60, showDrills);
}

start().catch(report);
