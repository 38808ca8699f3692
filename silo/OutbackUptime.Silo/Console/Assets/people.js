// Alerts, quarantine and drills: what people read and act on.
import { el, $, time, ago, number, say } from './dom.js';
import { get, post } from './api.js';

let isOperator = false;
export function setRole(role) { isOperator = role === 'operator'; }

function fail(where, error) {
  where.querySelector('.wrong')?.remove();
  where.append(el('p', { class: 'wrong', role: 'alert' }, error.message));
}

export async function showAlerts() {
  const state = $('alert-state').value;
  const page = await get(`/alerts?limit=60${state ? `&state=${state}` : ''}`);
  const open = page.items.filter(a => a.state === 'open').length;
  $('alert-count').hidden = open === 0;
  $('alert-count').textContent = open;
  $('alerts').replaceChildren(...(page.items.length ? page.items.map(alert) : [el('p', { class: 'note' }, 'No alerts. Good.')]));
}

function alert(a) {
  const card = el('article', { class: `card alert ${a.severity} ${a.state}`, 'data-alert': a.alertId, 'data-rule': a.rule, 'data-hub': a.hub },
    el('p', { class: 'tags' }, el('span', { class: `tag ${a.severity}` }, a.severity), el('span', { class: `tag state-${a.state}` }, a.state), el('span', { class: 'soft' }, a.rule)),
    el('h3', {}, a.summary || `${a.rule} at ${a.hub}`),
    el('p', { class: 'soft' }, `${a.station}${a.hub ? ` · ${a.hub}` : ''} · since ${time(a.openedAt)} (${ago(a.openedAt)})${a.acknowledgedBy ? ` · ${a.acknowledgedBy} looks after it` : ''}`),
    Object.keys(a.facts).length ? el('p', { class: 'soft facts-line' }, Object.entries(a.facts).map(([k, v]) => `${k.replaceAll('_', ' ')} ${number(v)}`).join(' · ')) : null);
  if (a.state === 'open' && isOperator) {
    card.append(el('button', {
      type: 'button', onclick: async e => {
        e.target.disabled = true;
        try {
          await post(`/stations/${encodeURIComponent(a.station)}/alerts/${encodeURIComponent(a.alertId)}/acknowledge`);
          say('Acknowledged.');
          e.target.replaceWith(el('p', { class: 'soft' }, 'Acknowledged.'));
        } catch (error) { e.target.disabled = false; fail(card, error); }
      },
    }, 'Acknowledge'));
  }
  return card;
}

let offset = 0, paged = false, entries = null;

export async function showReasons() {
  const reasons = await get('/quarantine/reasons');
  const byCode = {};
  for (const r of reasons) byCode[r.reasonCode] = (byCode[r.reasonCode] ?? 0) + r.entries;
  const chosen = $('reason').value;
  $('reason').replaceChildren(el('option', { value: '' }, 'all'), ...Object.entries(byCode).sort((a, b) => b[1] - a[1]).map(([code, n]) => el('option', { value: code }, `${code} (${n})`)));
  $('reason').value = byCode[chosen] ? chosen : '';
  // What is new shows by itself, unless somebody reads further down.
  const total = Object.values(byCode).reduce((a, b) => a + b, 0);
  if (entries !== null && total !== entries && !paged) await showQuarantine();
  entries = total;
}

export async function showQuarantine(more = false) {
  offset = more ? offset : 0;
  paged = more;
  const reason = $('reason').value;
  const page = await get(`/quarantine?limit=8&offset=${offset}${reason ? `&reason=${encodeURIComponent(reason)}` : ''}`);
  const cards = page.items.map(entry);
  if (more) $('quarantine').append(...cards);
  else $('quarantine').replaceChildren(...(cards.length ? cards : [el('p', { class: 'note' }, 'Nothing is in quarantine.')]));
  offset = page.nextOffset ?? offset;
  $('quarantine-more').hidden = page.nextOffset === null;
}

function entry(q) {
  const card = el('article', { class: 'card', 'data-offset': q.journalOffset },
    el('p', { class: 'tags' }, el('span', { class: 'tag code' }, q.reasonCode), q.replayed ? el('span', { class: 'tag state-cleared' }, 'replayed') : null),
    el('h3', {}, q.reason),
    el('p', { class: 'soft' }, `${q.station}${q.hub ? ` · ${q.hub}` : ''} · ${time(q.receivedAt)} · journal ${q.journalOffset}`),
    el('pre', { tabindex: 0, 'aria-label': 'Payload' }, q.payload.length > 400 ? `${q.payload.slice(0, 400)}…` : q.payload || '(empty)'),
    q.replayed ? el('p', { class: 'soft' }, `Boot ${q.replayed.boot}, seq ${q.replayed.seq}${q.replayed.corrected ? ', corrected' : ''}, by ${q.replayed.by}, ${time(q.replayed.at)}${q.replayed.note ? `: ${q.replayed.note}` : ''}`) : null);
  if (!q.replayed && isOperator) card.append(el('button', { type: 'button', class: 'quiet', onclick: () => replay(q) }, 'Correct and replay'));
  return card;
}

function replay(q) {
  const dialog = $('dialog');
  const payload = el('textarea', { id: 'replay-payload', rows: 8, spellcheck: 'false' });
  payload.value = q.payload;
  const note = el('input', { id: 'replay-note', type: 'text', maxlength: 500 });
  const hub = q.hub ? null : el('input', { id: 'replay-hub', type: 'text', maxlength: 64 });
  const form = el('form', {
    method: 'dialog', onsubmit: async e => {
      e.preventDefault();
      try {
        const changed = payload.value !== q.payload;
        const result = await post(`/stations/${encodeURIComponent(q.station)}/quarantine/${q.journalEpoch}/${q.journalOffset}/replay`, { payload: changed ? payload.value : null, hub: hub?.value || null, boot: null, note: note.value || null });
        dialog.close();
        say(`Replayed: committed in ${result.committed.join(' and ')}.`);
        await showQuarantine();
      } catch (error) { fail(form, error); }
    },
  },
  el('h2', { id: 'dialog-title' }, 'Correct and replay'),
  el('p', { class: 'soft' }, `${q.station} ${q.hub}, received ${time(q.receivedAt)}. It is written as the reading that it should have been, with its own time and place; the quarantine keeps what was sent.`),
  el('p', { class: 'soft' }, q.reason),
  hub ? [el('label', { for: 'replay-hub' }, 'Hub'), hub] : null,
  el('label', { for: 'replay-payload' }, 'Payload'), payload,
  el('label', { for: 'replay-note' }, 'Why (kept in the audit trail)'), note,
  el('div', { class: 'buttons' }, el('button', { type: 'submit' }, 'Replay'), el('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel')));
  dialog.replaceChildren(form);
  dialog.showModal();
}

export async function showDrills() {
  const reports = await get('/drills');
  $('drills').replaceChildren(...(reports.length ? reports.slice(0, 24).map(drill) : [el('p', { class: 'note' }, 'No drill has left a report here yet: run `drill region-loss` and look again.')]));
}

function drill({ at, report: r }) {
  const stores = Object.entries(r.stores ?? {});
  return el('article', { class: `card drill ${r.verdict}` },
    el('p', { class: 'tags' }, el('span', { class: `tag ${r.verdict === 'pass' ? 'state-cleared' : 'critical'}` }, r.verdict), el('span', { class: 'soft' }, `${r.topology}, ${time(at)}`)),
    el('h3', {}, r.drill),
    el('p', {}, `${number(r.acknowledged)} packets acknowledged`, r.takeoverSeconds ? ` · takeover ${number(r.takeoverSeconds)} s` : '', r.giveBackSeconds ? ` · give-back ${number(r.giveBackSeconds)} s` : ''),
    el('table', { class: 'ledger' }, el('caption', { class: 'hide' }, `Ledger of ${r.drill}`), el('thead', {}, el('tr', {}, ['store', 'rows', 'missing', 'doubled', 'altered'].map(h => el('th', { scope: 'col' }, h)))),
      el('tbody', {}, stores.map(([name, s]) => el('tr', {}, el('th', { scope: 'row' }, name), [s.rows, s.missing, s.duplicates, s.altered].map((v, i) => el('td', { class: i && v ? 'bad' : null }, number(v))))))),
    r.reasons?.length ? el('p', { class: 'wrong' }, r.reasons.join('; ')) : null);
}
