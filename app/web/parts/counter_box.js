// What an entry at the counter means: a code of goods (with how many), an order's label, a name to look for, a weight that was asked
// for, or a bare Enter, which does what comes next.

import { get, newKey, query } from '/api.js';
import { el, icon } from '/dom.js';
import { day, isChinese, t } from '/i18n.js';
import { gramsText, isCounted } from '/parts/grams.js';
import { moneyText } from '/parts/money.js';
import { nameOfLine, sayWithUndo } from '/parts/counter_sale.js';
import { splitDose } from '/parts/typed.js';

const MANY = /^(\d{1,4})\s*[x×*]\s*(\S.*)$/iu;
const ORDER = /^(?:#|\d{8}-)(\d{1,15})$/;
const WEIGHT = /^\d{1,6}(?:[.,/]\d{1,3})?\s*\p{L}{0,8}$/u;
const CHOICES_MOST = 12;

// What an entry does. A repetition of one whose answer was lost keeps its key.
export async function entered(s, text) {
    if (s.asking && WEIGHT.test(text)) return weighed(s, text);
    s.asking = null;
    if (!text) return s.go();
    const [, many, rest] = MANY.exec(text) ?? [null, '1', text];
    const [, order] = ORDER.exec(rest) ?? [];
    const entry = { text, key: s.unsent?.text === text ? s.unsent.key : newKey() };
    try {
        if (order) await add(s, { order_id: Number(order) }, entry);
        else await goods(s, rest, Number(many), entry);
        s.unsent = null;
    } catch (problem) {
        if (problem.code !== 'unreachable') throw problem;
        s.unsent = entry;
        s.box.input.value = text;
        s.box.complain(t('counter.unsent'));
    }
    return null;
}

// By its code as so many pieces; what is sold by weight says so, and what is no code may be a name.
async function goods(s, what, many, entry) {
    const { name, dose } = splitDose(what);
    const wanted = dose ? { what: name, quantity: await milligramsOf(dose), unit: 'mg' } : { what, quantity: many, unit: 'each' };
    try {
        await add(s, { ...wanted, join: true }, entry);
    } catch (problem) {
        const fields = (problem.errors ?? []).map((one) => one.field);
        if (problem.status === 404 && fields.includes('what')) await lookFor(s, name, dose ? wanted : null, many);
        else if (fields.includes('unit') && !dose) await askWeight(s, what, entry);
        else throw problem;
    }
}

// Puts it on the ticket and says so.
export async function add(s, wanted, { key } = {}) {
    const before = s.isOpen() ? s.sold.lines : [];
    const { lines } = await s.put('/lines', wanted, { key: key ?? newKey() });
    const old = (line) => before.find((one) => one.line_no === line.line_no);
    const line = lines.find((one) => one.quantity !== old(one)?.quantity);
    if (!line) return;
    const back = old(line)?.quantity ?? 0;
    sayWithUndo(s, t('counter.added', { name: nameOfLine(line), amount: amountOf(line) }), () => s.change('PUT', `/lines/${line.line_no}`, { quantity: back }));
}

export const amountOf = (line) => (isCounted(line) ? `× ${line.quantity}` : gramsText(line.quantity));

// A weight as it was typed, in any unit the shop knows; a bare number is grams.
export async function milligramsOf(text) {
    const typed = /^\d+([.,]\d+)?$/.test(text.trim()) ? `${text.trim().replace(',', '.')} g` : text.trim();
    return (await get(`/api/v1/weights?${new URLSearchParams({ text: typed })}`)).quantity_mg;
}

// Sold by weight: a code that says how much is taken at its word, else the box asks.
async function askWeight(s, what, entry) {
    const { readings } = await query('/api/v1/scans', { code: what }).catch(() => ({ readings: [] }));
    const [{ item, line } = {}] = readings;
    if (readings.length === 1 && line?.quantity) {
        await add(s, { what, quantity: line.quantity, unit: 'mg', join: true }, { key: `${entry.key}-w` });
        return;
    }
    s.asking = { what, name: item?.name ?? what };
    s.draw();
    s.box.say('');
}

async function weighed(s, text) {
    const { what } = s.asking;
    await add(s, { what, quantity: await milligramsOf(text), unit: 'mg', join: true });
}

async function lookFor(s, name, wanted, many) {
    const { rows } = await get(`/api/v1/items?${new URLSearchParams({ q: name, limit: CHOICES_MOST + 1 })}`, { signal: s.signal });
    if (!rows.length) return s.box.complain((await lotUnknown(name)) ?? t('counter.unknown', { text: name }));
    s.choices = { name, rows: rows.slice(0, CHOICES_MOST), more: rows.length > CHOICES_MOST, wanted, many };
    if (rows.length === 1) return choose(s, rows[0]);
    s.box.say('');
    s.draw();
    return null;
}

// A code of a product the shop has, with a lot it does not have.
async function lotUnknown(code) {
    if (!/^[(\]]|\u001d|^01\d{14}/.test(code)) return null;
    const { readings } = await query('/api/v1/scans', { code }).catch(() => ({ readings: [] }));
    const [{ item, lot_code: lot } = {}] = readings;
    return item && lot ? t('counter.lot_unknown', { name: item.name, lot, sku: item.sku }) : null;
}

async function choose(s, item) {
    const { wanted, many } = s.choices;
    s.choices = null;
    if (item.unit === 'each') return add(s, { what: item.sku, quantity: many, unit: 'each', join: true });
    if (wanted) return add(s, { ...wanted, what: item.sku, join: true });
    s.asking = { what: item.sku, name: item.name };
    s.draw();
    return null;
}

// What a typed name may mean, each with its price, what is free of it and until when it keeps.
export function choiceList(s) {
    if (!s.choices) return null;
    const { rows, more, name } = s.choices;
    const close = () => {
        s.choices = null;
        s.draw();
        s.focus();
    };
    return el(
        'section',
        { class: 'counter-choices card-box', 'aria-label': t('counter.which') },
        el('p', { class: 'counter-choices-head' }, t('counter.which'), el('button', { type: 'button', class: 'btn btn-quiet btn-icon', title: t('counter.none_of_them'), on: { click: close } }, icon('close'), el('span', { class: 'visually-hidden' }, t('counter.none_of_them')))),
        el('ul', null, rows.map((item) => el('li', null, choiceButton(s, item)))),
        more && el('p', { class: 'quiet' }, t('counter.more_choices', { n: CHOICES_MOST, text: name })),
    );
}

function choiceButton(s, item) {
    const [first, second] = isChinese() && item.name_hanzi ? [item.name_hanzi, item.name] : [item.name, item.name_hanzi];
    const free = item.unit === 'mg' ? gramsText(Math.max(item.free, 0)) : String(item.free);
    const per = item.unit === 'mg' ? ` / ${gramsText(item.price_per_quantity)}` : '';
    const take = () => s.run(() => choose(s, item));
    return el(
        'button',
        { type: 'button', class: 'counter-choice', 'data-sku': item.sku, on: { click: take } },
        el('span', { class: 'strong' }, first),
        el('span', { class: 'amount' }, item.price_cents === null ? '' : moneyText(item.price_cents) + per),
        el('span', { class: 'quiet' }, [second, item.sku].filter(Boolean).join(' · ')),
        el(
            'span',
            { class: item.free > 0 ? 'quiet amount' : 'amount counter-none' },
            item.free > 0 ? t('counter.free', { n: free }) : t('counter.none_free'),
            item.first_expiry && ` · ${t('counter.until', { day: day(item.first_expiry) })}`,
        ),
    );
}
