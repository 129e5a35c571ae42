// Taking the money: what the customer was told stands frozen for a while; one or several ways to pay it, cash with what was handed over.
// The service adds up, gives the change and refuses what does not come to the total.

import { send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { field, form, textInput } from '/parts/form.js';
import { moneyText, sumAt } from '/parts/money.js';
import { sums } from '/parts/counter_lines.js';
import { complainOf, keyFor, registerName, tenderName } from '/parts/counter_sale.js';
import { whyText } from '/parts/why.js';

// The card beside an open ticket: what it comes to, and the way to the money.
export function payCard(s) {
    const quoted = s.state() === 'quoted';
    return el(
        'section',
        { class: quoted ? 'card-box counter-pay counter-quoted' : 'card-box counter-pay', 'aria-label': t('counter.payment') },
        sums(s),
        s.sold.price?.short && el('p', { class: 'next-why', role: 'note' }, icon('major'), ' ', t('counter.short')),
        (s.sold.price?.codes ?? []).filter(({ applies }) => !applies).map((code) => el('p', { class: 'next-why', role: 'note' }, icon('major'), ' ', t('counter.idle', { code: code.code, why: whyText(code, s.shop.lists) }))),
        quoted ? tenderForm(s) : goButton(s),
    );
}

function goButton(s) {
    return el(
        'button',
        { type: 'button', class: 'btn btn-main btn-wide counter-go next-go', on: { click: () => s.run(() => quote(s)) } },
        t('counter.to_payment'),
        ' ',
        el('kbd', { class: 'key' }, t('bench.enter')),
    );
}

// Freezes the price: what is short is named at its line.
export async function quote(s) {
    Object.assign(s, { tenders: null, trial: null });
    await s.change('POST', '/quote');
    s.box.say(t('counter.frozen', { total: moneyText(s.sold.ticket.total_cents) }));
}

function tenderForm(s) {
    s.tenders ??= [{ kind: 'cash' }];
    const place = el('div', { class: 'counter-tender-form' });
    const draw = () => replace(place, formOf(s, draw));
    draw();
    return place;
}

function formOf(s, draw) {
    const { ticket } = s.sold;
    const rows = ticket.total_cents > 0 ? s.tenders.map((row, i) => tenderRow(s, row, i, draw)) : [];
    const fields = rows.flatMap(({ fields: some }) => some);
    const act = async () => {
        const tenders = [];
        for (const one of rows) tenders.push(tenderOf(one));
        await pay(s, { total_cents: ticket.total_cents, register: registerName(), tenders }, fields);
    };
    return form(
        'counter-tenders',
        fields,
        [el('button', { type: 'submit', class: 'btn btn-main btn-wide counter-go' }, t('counter.take', { total: moneyText(ticket.total_cents) }))],
        act,
        el('p', { class: 'quiet' }, t('counter.held', { when: clock(new Date(ticket.quote_expires_at)) })),
        rows.map(({ node }) => node),
        !s.drawer && s.tenders.some(({ kind }) => kind === 'cash') && noDrawer(),
        el(
            'p',
            { class: 'counter-pay-tools' },
            rows.length > 0 && rows.length < 5 && small('counter.split', () => split(s, draw)),
            small('counter.ask_again', () => s.run(() => quote(s))),
            small('counter.not_paid', () => s.run(() => s.change('POST', '/reopen'))),
        ),
    );
}

const small = (key, act) => el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: act } }, t(key));

export function noDrawer() {
    return el('p', { class: 'next-why', role: 'note' }, icon('major'), ' ', t('counter.no_drawer', { register: registerName() }), ' ', el('a', { href: '#/counter/drawer' }, t('counter.open_it')));
}

function split(s, draw) {
    s.tenders.push({ kind: s.tenders.some(({ kind }) => kind === 'card') ? 'cash' : 'card' });
    draw();
}

// One way to pay: which, how much of it (empty: the rest), and what was handed over or the slip's number.
function tenderRow(s, row, i, draw) {
    const several = s.tenders.length > 1;
    const input = (name, key, help) => {
        const one = field(`${name}-${i}`, key, textInput(row[name], { maxlength: '60', inputmode: name === 'reference' ? 'text' : 'decimal' }), { help });
        one.input.addEventListener('input', () => (row[name] = one.input.value));
        return one;
    };
    const fields = [
        several && input('amount', 'counter.part', 'counter.part_help'),
        row.kind === 'cash' ? input('given', 'counter.given', several ? undefined : 'counter.given_help') : input('reference', 'counter.reference'),
    ].filter(Boolean);
    const choose = (kind) => {
        row.kind = kind;
        draw();
        document.querySelector(`.counter-tender:nth-of-type(${i + 1}) input`)?.focus();
    };
    const node = el(
        'fieldset',
        { class: 'counter-tender' },
        el('legend', { class: 'visually-hidden' }, t('counter.way', { n: i + 1 })),
        el('div', { class: 'chips' }, s.shop.kinds.map((kind) => kindChip(s, kind, row, choose))),
        fields.map((one) => one.node),
        several && small('counter.drop_way', () => {
            s.tenders.splice(i, 1);
            draw();
        }),
    );
    return { row, fields, node };
}

function kindChip(s, kind, row, choose) {
    return el('button', { type: 'button', class: 'chip', 'aria-pressed': String(kind.kind === row.kind), 'data-kind': kind.kind, on: { click: () => choose(kind.kind) } }, tenderName(s, kind.kind));
}

// As the service wants it; a sum that is none is said where it was typed.
function tenderOf({ row, fields }) {
    const tender = { kind: row.kind };
    for (const one of fields) {
        const text = one.input.value.trim();
        const name = one.name.replace(/-\d+$/, '');
        if (!text) continue;
        if (name === 'reference') tender.reference = text;
        else tender[`${name}_cents`] = sumAt(one);
    }
    return tender;
}

async function pay(s, body, fields) {
    try {
        const sold = await send('POST', s.path('/payment'), body, { key: keyFor(s, 'pay', s.sold.ticket.id, s.sold.ticket.quote_no, body) });
        s.tenders = null;
        s.take(sold);
        s.box.say(t('counter.paid', { no: sold.ticket.receipt_no }));
        s.focus();
    } catch (problem) {
        if (problem.status === 409 && (await isGone(s, problem))) return;
        if (problem.errors) problem.errors = problem.errors.map((one) => ({ ...one, field: whereTyped(one.field, fields, body) }));
        throw problem;
    }
}

// Somebody else paid, changed or cancelled it meanwhile: that is shown in its place.
async function isGone(s, problem) {
    await s.read().catch(() => {});
    if (s.state() === 'quoted') return false;
    s.draw();
    complainOf(s, problem);
    s.focus();
    return true;
}

// "tenders[1].given_cents", or "given_cents" of the one that is cash → the field it was typed in.
function whereTyped(name, fields, { tenders }) {
    const [, at, what] = /^tenders\[(\d+)\]\.(\w+?)(?:_cents)?$/.exec(name) ?? [];
    const cash = tenders.findIndex(({ kind }) => kind === 'cash');
    const wanted = what ? `${what}-${at}` : name === 'given_cents' ? `given-${cash}` : name;
    return fields.some((one) => one.name === wanted) ? wanted : name;
}
