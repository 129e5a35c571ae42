// Corrections of stock: those that wait for another person with their decision, and what was booked of late.

import { get, newKey, send } from '/api.js';
import { el, replace } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { faultText } from '/rules.js';
import { may, person } from '/session.js';
import { moneyText } from '/parts/money.js';
import { section } from '/parts/monograph.js';
import { fresh, pageHead } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { amountText, doneNote, figure, inLanguage, lotAddress, stockTable, stockTabs } from '/parts/stock_pieces.js';

const PAST_MOST = 50;

export async function viewCorrections(_, signal) {
    const note = doneNote();
    const body = el('div');
    const ask = async () => {
        const [waiting, all] = await Promise.all([
            get('/api/v1/adjustments?state=asked', { signal }),
            get(`/api/v1/adjustments?limit=${PAST_MOST}`, { signal }),
        ]);
        return { waiting: waiting.rows, past: all.rows.filter(({ state }) => state !== 'asked') };
    };
    const shown = fresh(body, ask, (found) => replace(body, page(found, done)));
    const done = async (text) => {
        await shown.read();
        note.say(text);
    };

    await shown.read();
    readWhen(['stock'], shown.readUnlessWriting, signal);
    return {
        title: t('corrections.title'),
        node: el('div', { class: 'browse' }, pageHead('corrections.title', 'corrections.lead'), stockTabs('#/corrections'), note.node, body),
    };
}

function page({ waiting, past }, done) {
    return [
        section('corrections.waiting', waiting.length ? el('ul', { class: 'corrections' }, waiting.map((row) => waitingRow(row, done))) : el('p', { class: 'quiet' }, t('corrections.none_wait'))),
        past.length > 0 && section('corrections.past', pastTable(past)),
    ];
}

// What is missing goes away from the shop's place, what was found comes to it.
const way = (row) => `${row.from_location} → ${row.to_location}`;

function waitingRow(row, done) {
    return el(
        'li',
        { class: 'card-box correction', 'data-correction': row.id },
        el(
            'p',
            null,
            el('span', { class: 'strong' }, `${t(`act.${row.use}`)}: ${amountText(row, row.quantity)} ${row.name}`),
            ' · ',
            el('a', { href: lotAddress(row.lot_id), class: 'lot-code' }, row.lot_code),
        ),
        el('p', null, inLanguage({ ...row, english: row.reason_words }), row.note && `: ${row.note}`, row.reference && ` (${row.reference})`),
        el('p', { class: 'quiet' }, [way(row), `${t('corrections.value')} ${moneyText(row.value_cents)}, ${t('corrections.limit', { limit: moneyText(row.limit_cents) })}`, row.asked_by, clock(new Date(row.asked_at))].join(' · ')),
        decision(row, done),
    );
}

function decision(row, done) {
    if (!may('pharmacist', 'admin')) return el('p', { class: 'quiet' }, t('corrections.not_you'));
    if (row.asked_by_id === person().id) return el('p', { class: 'quiet' }, t('corrections.own'));
    const message = el('p', { class: 'form-message', role: 'alert' });
    const keys = { true: newKey(), false: newKey() };
    const buttons = [true, false].map((accept) =>
        el(
            'button',
            { type: 'button', class: `btn btn-small ${accept ? 'btn-main' : 'btn-quiet'}`, on: { click: () => decide(accept) } },
            t(accept ? 'corrections.accept' : 'corrections.refuse'),
        ),
    );
    const decide = async (accept) => {
        message.textContent = '';
        for (const button of buttons) button.disabled = true;
        try {
            await send('POST', `/api/v1/adjustments/${row.id}/decision`, { accept }, { key: keys[accept] });
            await done(t(accept ? 'corrections.accepted' : 'corrections.refused', { id: row.id }));
        } catch (problem) {
            message.textContent = problem.errors?.length ? problem.errors.map(faultText).join('; ') : explain(problem);
            for (const button of buttons) button.disabled = false;
        }
    };
    return [el('div', { class: 'form-buttons' }, buttons), message];
}

function pastTable(rows) {
    const heads = ['moves.what', 'stock.lot', ['stock.quantity', 'amount'], ['corrections.value', 'amount'], 'moves.way', 'corrections.asked_by', 'stock.state'];
    return stockTable(heads, rows, (row) => [
        { 'data-correction': row.id },
        [t(`act.${row.use}`), el('span', { class: 'row-below' }, inLanguage({ ...row, english: row.reason_words }), row.note && `: ${row.note}`)],
        el('td', null, el('a', { href: lotAddress(row.lot_id), class: 'lot-code' }, row.lot_code), el('span', { class: 'row-below' }, row.name)),
        figure('stock.quantity', amountText(row, row.quantity)),
        figure('corrections.value', moneyText(row.value_cents)),
        el('td', { class: 'quiet' }, way(row)),
        el('td', { class: 'quiet' }, row.asked_by, el('span', { class: 'row-below' }, clock(new Date(row.asked_at)))),
        el('td', null, el('span', { class: row.state === 'refused' ? 'tag tag-stop' : 'tag tag-high' }, word('correction_state', row.state)), row.decided_by && el('span', { class: 'row-below' }, row.decided_by)),
    ]);
}
