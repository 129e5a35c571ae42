// Counting a drawer at its end, coin by coin and note by note, blind; and the second person's own count, where the difference is above
// the shop's limit. The service adds up, and names what it is off by.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { person } from '/session.js';
import { field, form, textArea, textInput, wrongAt } from '/parts/form.js';
import { moneyText, sumAt } from '/parts/money.js';

// The coins and notes in use, in cents; a currency that is not here is counted as its sum.
const PIECES = {
    USD: [10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1],
    CAD: [10000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5],
    AUD: [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5],
    GBP: [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
    EUR: [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
    HKD: [100000, 50000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10],
    TWD: [200000, 100000, 50000, 20000, 10000, 5000, 1000, 500, 100],
    CNY: [10000, 5000, 2000, 1000, 500, 100, 50, 10],
    PLN: [50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
};
const CENT = 1;

export function closeForm(d) {
    return el(
        'section',
        { class: 'card-box drawer-close' },
        el('h2', { class: 'counter-head' }, t('drawer.close')),
        el('p', { class: 'quiet' }, t('drawer.close_about')),
        countForm(d),
        secondForm(d),
    );
}

function countForm(d) {
    const pieces = PIECES[person().shop.currency];
    const fields = pieces ? pieces.map(pieceField) : [field('sum', 'drawer.sum', textInput('', { inputmode: 'decimal', maxlength: '20' }), { needed: true })];
    const note = field('note', 'work.note', textArea('', { maxlength: '200' }), { wide: true });
    const act = async () => {
        const counts = pieces ? fields.map(countOf).filter(Boolean) : [{ denomination_cents: CENT, pieces: sumAt(fields[0]) }];
        if (!counts.length) throw wrongAt(fields[0], t('drawer.nothing_counted'));
        const closed = await send('POST', `/api/v1/drawers/${d.open.id}/close`, { counts, ...(note.input.value.trim() && { note: note.input.value.trim() }) });
        await d.done(outcome(closed));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('drawer.do_close'));
    return form('counter-tenders', [...fields, note], [button], act, el('div', { class: 'drawer-pieces' }, fields.map((one) => one.node)), note.node);
}

function pieceField(cents) {
    const one = field(`piece-${cents}`, 'drawer.piece', textInput('', { inputmode: 'numeric', maxlength: '6' }));
    one.node.querySelector('label').textContent = `${moneyText(cents)} ×`;
    return Object.assign(one, { cents });
}

function countOf(one) {
    const text = one.input.value.trim();
    if (!text) return null;
    if (!/^\d{1,6}$/.test(text)) throw wrongAt(one, t('counter.is_count'));
    return { denomination_cents: one.cents, pieces: Number(text) };
}

function outcome(closed) {
    const off = closed.difference_cents;
    const values = { counted: moneyText(closed.counted_cents), expected: moneyText(closed.expected_cents), off: moneyText(Math.abs(off)) };
    return t(off === 0 ? 'drawer.closed_right' : off < 0 ? 'drawer.closed_short' : 'drawer.closed_over', values);
}

// For the other person, in her own sign-in: the sum she came to.
function secondForm(d) {
    const counted = field('counted_cents', 'drawer.sum', textInput('', { inputmode: 'decimal', maxlength: '20' }), { needed: true });
    const note = field('note', 'work.note', textArea('', { maxlength: '200' }), { wide: true });
    const act = async () => {
        const sum = sumAt(counted);
        await send('POST', `/api/v1/drawers/${d.open.id}/approvals`, { counted_cents: sum, ...(note.input.value.trim() && { note: note.input.value.trim() }) });
        await d.done(t('drawer.second_said', { sum: moneyText(sum) }));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-quiet' }, t('drawer.do_second'));
    return el(
        'details',
        { class: 'rest drawer-second' },
        el('summary', null, icon('chevron'), t('drawer.second')),
        el('p', { class: 'quiet' }, t('drawer.second_about')),
        form('decide-rule', [counted, note], [button], act, counted.node, note.node),
    );
}
