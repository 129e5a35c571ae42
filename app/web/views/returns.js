// What comes back after the hand-over: a label is scanned and its packets are taken in; below, what waits to be destroyed and what
// waits for a witness.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { orderAddress } from '/router.js';
import { mayReturn, packetsOut, returnLines, returnReasons, takeBackForm, whyNoWitness } from '/parts/order_returns.js';
import { fresh, pageHead, trail } from '/parts/pieces.js';
import { plainly, scanBox } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';
import { doneNote } from '/parts/stock_pieces.js';

const CHOICES_MOST = 8;

export async function viewReturns(_, signal) {
    const r = { note: doneNote(), hand: el('div', { class: 'return-hand' }), body: el('div'), signal };
    r.reasons = await returnReasons(signal);
    r.shown = fresh(r.body, () => get('/api/v1/orders/returned', { signal }), ({ rows }) => replace(r.body, lists(rows, r)));
    r.box = scanBox((text) => scanned(r, text), signal);
    r.box.ask(t('returns.scan'));
    r.done = async (text) => {
        replace(r.hand);
        r.box.say('');
        await r.shown.read();
        r.note.say(text);
    };
    await r.shown.read();
    readWhen(['order'], r.shown.readUnlessWriting, signal);
    return {
        title: t('returns.title'),
        focus: () => r.box.input,
        node: el('div', { class: 'browse' }, trail('nav.orders', '#/orders', t('returns.title')), pageHead('returns.title', 'returns.lead'), mayReturn() && [r.box.node, r.hand], r.note.node, r.body),
    };
}

async function scanned(r, text) {
    if (!text) return;
    replace(r.hand);
    r.note.say('');
    try {
        const ask = (wanted) => get(`/api/v1/orders?${new URLSearchParams({ q: text, ...wanted })}`, { signal: r.signal });
        const { rows } = await ask({ state: 'handed_over', limit: CHOICES_MOST });
        if (rows.length > 1) offer(r, rows);
        else if (rows.length) await takeInHand(r, rows[0].id);
        else complainOfNone(r, text, (await ask({ limit: 1 })).rows[0]);
    } catch (problem) {
        r.box.complain(plainly(problem, explain));
    }
}

function complainOfNone(r, text, other) {
    const state = other && word('order', other.state);
    r.box.complain(state ? t('returns.not_out', { text, state }) : t('returns.no_order', { text }));
}

function offer(r, orders) {
    const choose = (order) => el('button', { type: 'button', class: 'btn btn-quiet', on: { click: () => takeInHand(r, order.id) } }, `#${order.id}`);
    r.box.say(t('returns.which'));
    replace(
        r.hand,
        el(
            'ul',
            { class: 'card-box link-list' },
            orders.map((order) => el('li', null, choose(order), el('span', null, `${order.patient_name} `, el('span', { class: 'quiet' }, order.patient_code)), el('span', { class: 'quiet' }, day(order.created_at)))),
        ),
    );
    r.hand.querySelector('button').focus();
}

// The order whose packets lie on the counter.
async function takeInHand(r, id) {
    try {
        const found = await get(`/api/v1/orders/${id}`, { signal: r.signal });
        const { order } = found;
        if (packetsOut(found) === 0) {
            r.box.complain(t('returns.all_back', { id }));
            return;
        }
        r.box.say(t('returns.order_here', { id, patient: order.patient_name }));
        replace(r.hand, el('section', { class: 'next card-box', 'data-order': id }, handHead(found), takeBackForm(found, r.reasons, r.done)));
        r.hand.querySelector('select').focus();
    } catch (problem) {
        r.box.complain(plainly(problem, explain));
    }
}

function handHead(found) {
    const { order } = found;
    const said = [order.handed_over_at && t('returns.handed_over', { when: day(order.handed_over_at) }), t('returns.out', { n: packetsOut(found) })];
    return el(
        'div',
        { class: 'next-head' },
        el('h2', null, el('a', { href: orderAddress(order.id) }, `#${order.id}`), ` ${order.patient_name} `, el('span', { class: 'quiet' }, order.patient_code)),
        el('p', { class: 'quiet' }, said.filter(Boolean).join(' · ')),
    );
}

// What somebody else must witness comes after what the reader may do herself.
function lists(rows, r) {
    const destroyed = rows.filter((row) => row.destroyed_at);
    const mine = destroyed.filter((row) => !whyNoWitness(row));
    return [
        group('returns.to_witness', [...mine, ...destroyed.filter((row) => !mine.includes(row))], 'returns.none_to_witness', r),
        group('returns.to_destroy', rows.filter((row) => !row.destroyed_at), 'returns.none_to_destroy', r),
    ];
}

function group(key, rows, none, r) {
    return el(
        'section',
        { class: 'group' },
        el('h2', null, t(key), el('span', { class: 'group-count' }, rows.length ? String(rows.length) : '')),
        rows.length ? el('ul', { class: 'corrections' }, rows.map((row) => card(row, r))) : el('p', { class: 'quiet' }, t(none)),
    );
}

function card(row, r) {
    return el(
        'li',
        { class: 'card-box correction', 'data-return': `${row.order_id}-${row.return_no}` },
        el('p', null, el('a', { href: orderAddress(row.order_id), class: 'row-link strong' }, `#${row.order_id}`), ` ${row.patient_name} `, el('span', { class: 'quiet' }, row.patient_code)),
        returnLines(row, r.reasons, r.done),
    );
}

// The way here from the list of orders, with how many wait.
export async function returnsLink(signal) {
    if (!mayReturn()) return null;
    const count = el('span', { class: 'group-count' });
    const read = async () => {
        const { rows } = await get('/api/v1/orders/returned', { signal });
        replace(count, rows.length ? t('returns.waiting', { n: rows.length }) : '');
    };
    await read();
    readWhen(['order'], read, signal);
    return el('a', { class: 'btn btn-quiet', href: '#/returns' }, icon('box'), t('returns.link'), ' ', count);
}
