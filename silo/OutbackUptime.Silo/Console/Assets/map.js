import { svg, time, $ } from './dom.js';

// The coast, simplified by hand to some 30 km: longitude, latitude, clockwise from Cape York; then Tasmania and the larger islands.
const mainland = [142.5,-10.7,142.8,-11.3,143.2,-12,143.4,-12.6,143.55,-13.4,143.75,-14.35,144.5,-14.2,145.3,-14.95,145.25,-15.5,145.45,-16.1,145.8,-16.9,146.1,-17.6,146.15,-18.3,146.35,-18.95,146.85,-19.2,147.45,-19.35,147.75,-19.75,148.3,-20.05,148.75,-20.35,148.8,-20.7,149.2,-21.1,149.4,-21.7,149.65,-22.3,150.05,-22.15,150.6,-22.45,150.75,-22.9,150.85,-23.45,151.3,-23.9,151.9,-24.2,152.45,-24.8,152.65,-25.25,152.95,-25.55,153.15,-26,153.1,-26.7,153.05,-27.2,153.45,-27.75,153.6,-28.65,153.35,-29.4,153.1,-30.3,153,-31,152.8,-31.65,152.5,-32.2,152.1,-32.75,151.6,-33.15,151.3,-33.8,151,-34.3,150.8,-34.9,150.45,-35.35,150.15,-36,149.95,-36.8,149.98,-37.5,149.4,-37.78,148.3,-37.85,147.6,-38.1,146.9,-38.65,146.4,-39.1,146,-38.85,145.4,-38.55,145.2,-38.35,144.75,-38.3,145.05,-38,144.9,-37.87,144.5,-38.15,144.35,-38.35,143.6,-38.85,142.8,-38.6,142.2,-38.35,141.55,-38.4,141,-38.05,140.4,-37.85,139.85,-37.25,139.75,-36.75,139.35,-36.2,138.85,-35.55,138.1,-35.65,138.5,-35.2,138.45,-34.7,138.1,-34.2,137.85,-34.75,137.75,-35.15,136.95,-35.25,137.45,-34.9,137.5,-34.2,137.85,-33.4,137.95,-32.7,137.75,-32.5,137.5,-33.05,137.05,-33.6,136.3,-34.2,135.95,-34.95,135.4,-34.75,135.15,-34.3,134.75,-33.45,134.2,-33,134.1,-32.6,133.5,-32.15,132.7,-31.95,131.8,-31.75,131.1,-31.5,130,-31.6,128.9,-31.7,127.6,-32.15,126.2,-32.3,125.2,-32.65,124.4,-33,123.8,-33.6,123.2,-33.95,122.1,-33.9,121.2,-33.85,120,-33.95,119.4,-34.4,118.5,-34.75,117.9,-35.1,117,-35.05,116,-34.85,115.2,-34.35,115,-33.6,115.6,-33.5,115.7,-32.8,115.75,-32,115.4,-31.3,115,-30.3,114.9,-29.4,114.6,-28.7,114.15,-27.75,113.75,-26.95,113.2,-26.15,113.55,-26.25,113.95,-26.5,114.2,-26.2,113.75,-25.5,113.65,-24.85,113.4,-24.2,113.5,-23.5,113.75,-22.7,113.7,-22.2,114.15,-21.8,114.35,-22.45,114.9,-21.85,115.5,-21.5,116.2,-20.95,116.85,-20.6,117.7,-20.7,118.6,-20.35,119.5,-20.05,120.6,-19.85,121.3,-19.3,121.75,-18.5,122.2,-18,122.2,-17.3,122.75,-16.6,122.95,-16.4,123.35,-17.3,123.7,-17.35,123.65,-16.6,124.2,-16.3,124.45,-15.8,124.7,-15.3,125.2,-15.1,125.2,-14.6,125.7,-14.35,126.1,-14.05,126.8,-13.8,127.4,-14,128.1,-14.7,128.3,-15.3,128.6,-14.85,129.4,-14.95,129.65,-14.4,129.8,-13.6,130.3,-13.2,130.6,-12.6,131,-12.2,132,-12.2,132.6,-12,132.2,-11.3,132.8,-11.35,133.4,-11.8,134.6,-12.05,135.6,-12.2,136.3,-11.8,136.95,-12.25,136.5,-12.95,135.95,-13.4,135.85,-14.2,135.4,-14.85,135.9,-15.2,136.7,-15.8,137.7,-16.25,138.7,-16.75,139.3,-17.4,140,-17.7,140.85,-17.45,141.2,-16.6,141.45,-15.8,141.65,-14.9,141.5,-13.9,141.65,-13,141.75,-12.5,142.1,-11.9,142.15,-11.1];
const islands = [
  [144.7,-40.7,145.3,-40.8,146,-41.1,146.6,-41.15,147.2,-40.95,147.95,-40.75,148.3,-41,148.3,-41.9,148.3,-42.25,147.95,-42.3,147.95,-43.15,147.6,-43,147.4,-42.85,147.25,-43.3,146.9,-43.62,146.05,-43.55,145.9,-43.2,145.45,-42.7,145.2,-42.2,144.85,-41.7,144.65,-41.1],
  [136.55,-35.75,137.6,-35.65,138.1,-35.85,137.4,-36.05,136.6,-36.05],
  [130.1,-11.7,130.6,-11.35,131.4,-11.25,131.5,-11.55,130.8,-11.85],
  [136.35,-13.85,136.75,-13.75,136.9,-14.25,136.45,-14.25],
  [153.05,-25.75,153.05,-25.2,153.3,-24.75,153.25,-25.3],
];
const borders = [[129,-14.9,129,-31.65],[129,-26,141,-26],[138,-16.55,138,-26],[141,-26,141,-38.05],[141,-29,149,-29,150.3,-28.55,152,-28.45,153.5,-28.2],[141,-34.05,142.2,-34.2,143.3,-34.8,144.6,-35.9,146,-36,147.9,-36,148.2,-36.8,149.98,-37.5]];

// Lambert conformal conic, standard parallels 18° S and 36° S: the shape that atlases show.
const rad = Math.PI / 180, south = -36 * rad, north = -18 * rad;
const half = y => Math.tan(Math.PI / 4 + y / 2);
const cone = Math.log(Math.cos(north) / Math.cos(south)) / Math.log(half(south) / half(north));
const size = Math.cos(north) * half(north) ** cone / cone;
const scale = 850;
const radius = latitude => scale * size / half(latitude * rad) ** cone;
const origin = radius(-27);

export function project(longitude, latitude) {
  const angle = cone * (longitude - 134) * rad, r = radius(latitude);
  return [292 + r * Math.sin(angle), 238 - origin + r * Math.cos(angle)];
}

const path = (points, close) => {
  let d = '';
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = project(points[i], points[i + 1]);
    d += `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return close ? `${d}Z` : d;
};

const cities = { syd: ['Sydney', 151.2, -33.87], mel: ['Melbourne', 144.96, -37.81] };
let stations = null, hubs = null;

export function drawMap(target) {
  const land = svg('g', { class: 'land' }, svg('path', { d: path(mainland, true) }), islands.map(i => svg('path', { d: path(i, true) })));
  const lines = svg('g', { class: 'borders' }, borders.map(b => svg('path', { d: path(b, false) })));
  hubs = svg('g');
  stations = svg('g');
  target.replaceChildren(svg('svg', { viewBox: '0 0 600 530', role: 'group', 'aria-label': 'Stations on the map' }, land, lines, hubs, stations));
}

/** Puts stations and regions on the map; a line goes from each station to the region that serves it. */
export function updateMap(overview, selected, select) {
  if (!stations) return;
  const links = [], dots = [];
  for (const region of overview.regions) {
    const city = cities[region.id];
    if (!city) continue;
    const [x, y] = project(city[1], city[2]);
    dots.push(svg('g', { class: `city region-${region.id}${region.up ? '' : ' down'}` }, svg('rect', { x: x - 7, y: y - 7, width: 14, height: 14, rx: 3 }), svg('text', { x: x - 12, y: y + 22, 'text-anchor': 'start' }, city[0])));
  }
  for (const station of overview.stations.filter(s => s.latitude !== null)) {
    const [x, y] = project(station.longitude, station.latitude);
    const city = station.owner && cities[station.owner];
    if (city) {
      const [cx, cy] = project(city[1], city[2]);
      links.push(svg('path', { class: `owner region-${station.owner}${station.owner === station.homeRegion ? '' : ' away'}`, d: `M${x} ${y}Q${(x + cx) / 2 + (cy - y) * .12} ${(y + cy) / 2 - (cx - x) * .12} ${cx} ${cy}` }));
    }
    const stale = !station.lastPacketAt || Date.now() - new Date(station.lastPacketAt) > 120000;
    const label = `${station.name}: served by ${station.owner ?? 'unknown'}${station.owner && station.owner !== station.homeRegion ? ' (away from home)' : ''}, last packet ${time(station.lastPacketAt)}${station.openAlerts ? `, ${station.openAlerts} open alerts` : ''}`;
    dots.push(svg('g', {
      class: `station${stale ? ' stale' : ''}${station.id === selected ? ' on' : ''} region-${station.owner ?? 'none'}`, tabindex: 0, role: 'button', 'aria-label': label, 'data-station': station.id,
      onclick: () => select(station.id), onkeydown: e => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); select(station.id); } },
    }, svg('title', {}, label), svg('circle', { class: 'halo', cx: x, cy: y, r: 13 }), svg('circle', { class: 'dot', cx: x, cy: y, r: 7 }),
    station.openAlerts ? svg('text', { class: 'bang', x: x + 7, y: y - 7 }, '!') : null,
    svg('text', { class: 'name', x: x + 13, y: y + 5 }, station.name)));
  }
  const focused = document.activeElement?.getAttribute?.('data-station');
  hubs.replaceChildren(...links);
  stations.replaceChildren(...dots);
  if (focused) stations.querySelector(`[data-station="${CSS.escape(focused)}"]`)?.focus();
  $('map-legend').textContent = 'A line leads from a station to the region that serves it; dashed: away from home. Hollow: silent for 2 min.';
}

/** A short ring around a station whose packets have just come. */
export function pulse(station) {
  const node = stations?.querySelector(`[data-station="${CSS.escape(station)}"] .halo`);
  node?.animate?.([{ opacity: .55, r: '8px' }, { opacity: 0, r: '20px' }], { duration: 900, easing: 'ease-out' });
}
