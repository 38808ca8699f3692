// Small tools for the page. Text is always set as text: nothing that a hub sends is ever markup.
export const $ = id => document.getElementById(id);

export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'class') node.className = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter(c => c !== null && c !== undefined));
  return node;
}

export function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children.flat().filter(c => c !== null && c !== undefined));
  return node;
}

const clock = new Intl.DateTimeFormat('en-AU', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat('en-AU', { day: 'numeric', month: 'short' });
const short = new Intl.DateTimeFormat('en-AU', { hour: '2-digit', minute: '2-digit', hour12: false });

/** 14:02:09, with the day where it is not today. */
export function time(value) {
  if (!value) return '–';
  const at = new Date(value);
  return at.toDateString() === new Date().toDateString() ? clock.format(at) : `${day.format(at)} ${clock.format(at)}`;
}

export const hourMinute = value => short.format(new Date(value));

export function ago(value) {
  if (!value) return 'never';
  const seconds = Math.max(0, (Date.now() - new Date(value)) / 1000);
  if (seconds < 5) return 'now';
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h ago` : `${Math.round(seconds / 86400)} days ago`;
}

export const number = value => value === null || value === undefined ? '–'
  : Math.abs(value) >= 1e6 ? value.toExponential(2) : (Math.round(value * 100) / 100).toLocaleString('en-AU', { maximumFractionDigits: 2 });

/** Says something to screen readers, politely. */
export function say(text) { $('says').textContent = text; }

const units = { pct: '%', lpm: 'L/min', a: 'A', v: 'V', w: 'W', c: '°C', dbm: 'dBm', l: 'L', kv: 'kV', s: 's', bytes: 'B' };

/** "tank_level_pct" is "tank level" in "%". */
export function metricName(metric) {
  const parts = metric.split('_');
  const unit = units[parts[parts.length - 1]];
  return unit ? { name: parts.slice(0, -1).join(' '), unit } : { name: parts.join(' '), unit: '' };
}
