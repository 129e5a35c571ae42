// The drawer of cash of this register: opened with its float, cash in and out beside sales, counted blind at the end, by a second person
// too where the difference is large; and the drawers of before with what each was off by.

import { get, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { may } from '/session.js';
import { registerName } from '/parts/counter_sale.js';
import { counterTabs } from '/parts/counter_tabs.js';
import { closeForm } from '/parts/counter_count.js';
import { field, form, selectInput, textArea, textInput } from '/parts/form.js';
import { moneyText, sumAt } from '/parts/money.js';
import { stackTable } from '/parts/pieces.js';
import { keep } from '/parts/station.js';
import { notYours } from '/views/counter.js';

const DRAWERS_MOST = 30;

export async function viewDrawer(_, signal) {
    if (!may('pharmacist', 'staff', 'admin')) return notYours();
    const body = el('div', { class: 'counter-drawer' });
    const d = { said: '' };
    d.read = async () => {
        d.rows = (await get(`/api/v1/drawers?limit=${DRAWERS_MOST}`, { signal })).rows;
        d.open = d.rows.find((one) => one.register === registerName() && one.state === 'open');
        d.moves = d.open ? (await get(`/api/v1/drawers/${d.open.id}/moves`, { signal })).rows : [];
        replace(body, drawerPage(d));
    };
    d.done = async (said) => {
        d.said = said;
        await d.read();
        body.querySelector('.drawer-said')?.focus();
    };
    await d.read();
    return {
        title: t('counter.drawer'),
        focus: () => body.querySelector('form input'),
        node: el('div', { class: 'counter' }, el('div', { class: 'page-head' }, el('h1', null, t('counter.drawer')), counterTabs('#/counter/drawer')), body),
    };
}

function drawerPage(d) {
    const closed = d.rows.filter(({ state }) => state === 'closed');
    return [
        d.said && el('p', { class: 'drawer-said intake-good', role: 'status', tabindex: '-1' }, icon('check'), ' ', d.said),
        may('pharmacist', 'staff') ? el('div', { class: 'drawer-columns' }, d.open ? openDrawer(d) : openForm(d), registerForm(d)) : el('p', { class: 'quiet' }, t('counter.not_yours')),
        closed.length > 0 && el('section', { class: 'group' }, el('h2', null, t('drawer.before')), closedTable(closed)),
    ];
}

// Which register this is; each has its drawer.
function registerForm(d) {
    const name = field('register', 'drawer.register', textInput(registerName(), { maxlength: '40', spellcheck: 'false' }), { needed: true, help: 'drawer.register_help' });
    const act = async () => {
        const typed = name.input.value.trim().toLowerCase();
        keep('register', typed);
        await d.done(t('drawer.is_register', { register: typed }));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('drawer.use_register'));
    return el('details', { class: 'rest drawer-register' }, el('summary', null, icon('chevron'), t('drawer.register_is', { register: registerName() })), form('decide-rule', [name], [button], act, name.node));
}

function openForm(d) {
    const float = field('float_cents', 'drawer.float', textInput('', { inputmode: 'decimal', maxlength: '20' }), { needed: true, help: 'drawer.float_help' });
    const act = async () => {
        const sum = sumAt(float);
        await send('POST', '/api/v1/drawers', { register: registerName(), float_cents: sum });
        await d.done(t('drawer.opened', { register: registerName(), sum: moneyText(sum) }));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('drawer.open'));
    return el('section', { class: 'card-box drawer-open' }, el('h2', { class: 'counter-head' }, t('drawer.closed_now', { register: registerName() })), form('counter-tenders', [float], [button], act, float.node));
}

// What should be in it is not shown before it is counted.
function openDrawer(d) {
    const { open } = d;
    return el(
        'div',
        { class: 'drawer-now' },
        el(
            'section',
            { class: 'card-box' },
            el('h2', { class: 'counter-head' }, t('drawer.open_now', { register: open.register })),
            el('p', { class: 'quiet' }, t('drawer.since', { when: clock(new Date(open.opened_at)), name: open.opened_by, sum: moneyText(open.float_cents) })),
            d.moves.length > 0 && el('ul', { class: 'counter-effects' }, d.moves.map(moveRow)),
            moveForm(d),
        ),
        closeForm(d),
    );
}

const moveRow = (move) =>
    el(
        'li',
        null,
        el('span', null, `${word('drawer_move', move.kind)}: ${move.reason}`),
        el('span', { class: 'amount' }, `${move.kind === 'pay_out' ? '−' : '+'}${moneyText(move.amount_cents)}`),
        el('span', { class: 'quiet' }, [move.moved_by, clock(new Date(move.at))].join(' · ')),
    );

function moveForm(d) {
    const kind = field('kind', 'drawer.in_or_out', selectInput('', [['', t('next.choose')], ...['pay_in', 'pay_out'].map((one) => [one, word('drawer_move', one)])]), { needed: true });
    const amount = field('amount_cents', 'counter.amount_of_money', textInput('', { inputmode: 'decimal', maxlength: '20' }), { needed: true });
    const reason = field('reason', 'stop.reason', textArea('', { maxlength: '200' }), { needed: true, wide: true });
    const act = async () => {
        const sum = sumAt(amount);
        await send('POST', `/api/v1/drawers/${d.open.id}/moves`, { kind: kind.input.value, amount_cents: sum, reason: reason.input.value.trim() });
        await d.done(t('drawer.moved', { what: word('drawer_move', kind.input.value), sum: moneyText(sum) }));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-quiet' }, t('drawer.move'));
    return el(
        'details',
        { class: 'rest drawer-move' },
        el('summary', null, icon('chevron'), t('drawer.beside')),
        form('decide-rule', [kind, amount, reason], [button], act, el('div', { class: 'form-grid' }, kind.node, amount.node, reason.node)),
    );
}

function closedTable(rows) {
    const heads = ['drawer.register', 'counter.when', 'drawer.closed_by', ['drawer.expected', 'amount'], ['drawer.counted', 'amount'], ['drawer.difference', 'amount']];
    return stackTable('drawers-table', heads, rows.map(closedRow));
}

const figure = (key, text, kind = 'amount') => el('td', { class: kind }, el('span', { class: 'stack-label' }, t(key)), text);

function closedRow(one) {
    return el(
        'tr',
        { 'data-drawer': one.id },
        el('th', { scope: 'row' }, one.register),
        el('td', { class: 'quiet' }, clock(new Date(one.closed_at))),
        el('td', null, one.closed_by, one.approved_by && el('span', { class: 'row-below' }, t('drawer.approved_by', { name: one.approved_by })), one.note && el('span', { class: 'row-below' }, one.note)),
        figure('drawer.expected', moneyText(one.expected_cents)),
        figure('drawer.counted', moneyText(one.counted_cents)),
        figure('drawer.difference', moneyText(one.difference_cents), one.difference_cents ? 'amount drawer-off' : 'amount'),
    );
}
