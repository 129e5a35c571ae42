// The sale in hand: its ticket as the service answered last, and every change to it. Each change answers with the whole ticket, which
// is drawn anew; what fails is said at the box.

import { get, newKey, send } from '/api.js';
import { el } from '/dom.js';
import { isChinese, t, word } from '/i18n.js';
import { strings } from '/strings.js';
import { kept } from '/parts/station.js';
import { plainly } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';

const OPEN = ['open', 'quoted'];

export const ticketAddress = (id) => `#/counter/${id}`;
export const registerName = () => kept('register') || 'main';
export const nameOfLine = (line) => (line.order_id ? t('counter.order', { id: line.order_id }) : (isChinese() && line.name_hanzi) || line.name);

// Ways to pay and coded reasons, as the reader's language calls them; one the page has no word for, as the service does.
export function worded(group, code, row) {
    if (strings[`${group}.${code}`] || !row) return word(group, code);
    return isChinese() ? row.hanzi : row.english;
}

export const tenderName = (s, kind) => worded('tender', kind, s.shop.kinds.find((one) => one.kind === kind));
export const reasonName = (s, code) => worded('refund_reason', code, s.shop.reasons.find((one) => one.code === code));

// s.sold: the ticket as answered, or null before the first line; s.draw(), s.focus() and s.box are the view's.
export function newSale(signal) {
    const s = { signal, sold: null, keys: new Map(), choices: null, asking: null, unsent: null, wrong: new Map(), trial: null, unpaid: [], aside: [] };
    s.state = () => s.sold?.ticket.state ?? 'none';
    s.isOpen = () => OPEN.includes(s.state());
    s.isOver = () => Boolean(s.sold) && !s.isOpen();
    s.path = (tail = '') => `/api/v1/tickets/${s.sold.ticket.id}${tail}`;
    s.take = (sold) => {
        Object.assign(s, { sold, choices: null, asking: null, wrong: new Map() });
        history.replaceState(null, '', ticketAddress(sold.ticket.id));
        s.draw();
        return sold;
    };
    s.change = async (method, tail, body, options) => s.take(await send(method, s.path(tail), body, options));
    // A sale there is not yet, or one that is over, begins with this.
    s.put = (tail, body, options) =>
        s.isOpen() ? s.change('POST', tail, body, options) : send('POST', '/api/v1/tickets', tail === '/lines' ? { lines: [body] } : body, options).then(s.take);
    s.read = async (id = s.sold?.ticket.id) => {
        s.sold = id ? await get(`/api/v1/tickets/${encodeURIComponent(id)}`, { signal }) : null;
    };
    // One after the other, so that quick fingers count and what was asked earlier never covers what was answered later.
    let before = Promise.resolve();
    s.inTurn = (act) => (before = before.then(act));
    s.run = (act) => s.inTurn(() => run(s, act));
    s.fresh = () => {
        Object.assign(s, { sold: null, choices: null, asking: null, unsent: null, trial: null, wrong: new Map() });
        s.keys.clear();
        history.replaceState(null, '', '#/counter');
    };
    return s;
}

// The same change asked for again keeps its key, so that a lost answer never acts twice.
export function keyFor(s, ...change) {
    const name = JSON.stringify(change);
    if (!s.keys.has(name)) s.keys.set(name, newKey());
    return s.keys.get(name);
}

// Does something to the sale; what fails is said at the box, and a sale that others changed meanwhile is read anew.
async function run(s, act) {
    try {
        await act();
    } catch (problem) {
        complainOf(s, problem);
        if (problem.status === 409 && s.sold) {
            await s.read().catch(() => {});
            s.draw();
        }
    }
    s.focus();
}

// Complaints about a line ("lines[3]") stand at that line; the rest at the box.
export function complainOf(s, problem) {
    const [lines, rest] = [[], []];
    for (const one of problem.errors ?? []) (/^lines\[\d+\]$/.test(one.field) && s.isOpen() ? lines : rest).push(one);
    s.wrong = new Map(lines.map(({ field, rule }) => [Number(field.slice(6, -1)), rule]));
    s.box.complain(rest.length ? plainly({ errors: rest }) : lines.length ? t('counter.lines_wrong') : explain(problem));
    if (lines.length) s.draw();
}

// Says what was done, with a way back.
export function sayWithUndo(s, text, undo) {
    s.box.say(text);
    const act = () => s.run(async () => {
        await undo();
        s.box.say(t('counter.undone'));
    });
    s.box.node.querySelector('.scan-said').append(' ', el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: act } }, t('counter.undo')));
}
