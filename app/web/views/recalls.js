// Recalls: a lot is scanned, what it reaches stands there at once, and with a reason it is recalled, or a mock recall begins; below, the
// recalls so far.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { may } from '/session.js';
import { field, form, textArea } from '/parts/form.js';
import { meantBy } from '/parts/lot_scan.js';
import { fresh, pageHead, stackTable } from '/parts/pieces.js';
import { plainly, scanBox } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';
import { expiryText, figure, plainName, stockTabs } from '/parts/stock_pieces.js';
import { reachOf, traceAddress } from '/parts/trace_pieces.js';

export const recallAddress = (id) => `#/recalls/${id}`;

export async function viewRecalls(_, signal) {
    const r = { lots: new Map(), offered: [] };
    const list = el('div', { class: 'recalls' });
    const chosen = el('div', { class: 'recall-chosen' });
    const offer = el('div', { class: 'recall-offer' });
    const start = startForm(r);
    const shown = fresh(
        list,
        () => get('/api/v1/recalls', { signal }),
        ({ rows }) => replace(list, rows.length ? recallTable(rows) : el('p', { class: 'empty' }, t('recalls.none'))),
    );
    r.box = scanBox((text) => scanned(r, text), signal);
    r.box.ask(t('recalls.scan'));
    r.draw = () => {
        replace(offer, r.offered.length > 0 && offerCard(r));
        start.calm();
        replace(chosen, r.lots.size > 0 && chosenCard(r, start));
    };
    await shown.read();
    await askedFor(r);
    readWhen(['lot', 'change'], shown.readUnlessWriting, signal, about('recall'));
    return {
        title: t('nav.recalls'),
        focus: () => r.box.input,
        node: el(
            'div',
            { class: 'browse' },
            pageHead('nav.recalls', 'recalls.lead'),
            stockTabs('#/recalls'),
            !may('pharmacist') && el('p', { class: 'next-why', role: 'note' }, icon('eye'), ' ', t('recalls.not_you')),
            r.box.node,
            offer,
            chosen,
            el('section', { class: 'group' }, el('h2', null, t('recalls.before')), list),
        ),
    };
}

// "#/recalls?lot=17": the trace of a lot leads here with it.
async function askedFor(r) {
    const id = new URLSearchParams(location.hash.split('?')[1]).get('lot');
    if (id) await takeLot(r, { id: Number(id) }).catch(() => {});
}

async function scanned(r, text) {
    if (!text) return;
    r.offered = [];
    try {
        const lots = await lotsMeant(text);
        if (!lots.length) r.box.complain(t('recalls.nothing', { text }));
        else if (lots.length === 1) await takeLot(r, lots[0]);
        else {
            r.offered = lots;
            r.draw();
            r.box.say(t('recalls.which'));
        }
    } catch (problem) {
        r.box.complain(plainly(problem, explain));
    }
    if (!r.offered.length) r.draw();
    r.box.input.focus();
}

// By a code; else all lots of the items of that name.
async function lotsMeant(text) {
    const { lots, item } = await meantBy(text);
    if (lots.length) return lots;
    const items = item ? [item] : (await get(`/api/v1/items?${new URLSearchParams({ q: text, limit: 5 })}`)).rows;
    const rows = await Promise.all(items.map(async ({ id }) => (await get(`/api/v1/lots?item=${id}`)).rows));
    const all = rows.flat().map((row) => ({ ...row, about: `${plainName(row)} · ${row.supplier}` }));
    return [...new Map(all.map((lot) => [lot.id, lot])).values()];
}

// What it reaches is read from its trace.
async function takeLot(r, { id }) {
    const trace = await get(`/api/v1/lots/${id}/trace`);
    r.lots.set(trace.id, trace);
    r.offered = r.offered.filter((lot) => lot.id !== trace.id);
    r.draw();
    r.box.say(t('recalls.taken', { lot: trace.lot_code }));
}

function offerCard(r) {
    const take = async (lots) => {
        try {
            for (const lot of lots) await takeLot(r, lot);
        } catch (problem) {
            r.box.complain(explain(problem));
        }
        r.box.input.focus();
    };
    return el(
        'section',
        { class: 'card-box' },
        el('p', { class: 'strong' }, t('recalls.which')),
        el(
            'ul',
            { class: 'link-list' },
            r.offered.map((lot) =>
                el(
                    'li',
                    null,
                    el('span', null, el('span', { class: 'lot-code' }, lot.lot_code), ` ${lot.about} · ${expiryText(lot)}`),
                    el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: () => take([lot]) } }, t('recalls.take')),
                ),
            ),
        ),
        el('button', { type: 'button', class: 'btn btn-quiet', on: { click: () => take(r.offered) } }, t('recalls.take_all', { n: r.offered.length })),
    );
}

function chosenCard(r, start) {
    return el(
        'section',
        { class: 'card-box recall-start' },
        el('h2', null, t('recalls.chosen')),
        el('ul', { class: 'recall-lots' }, [...r.lots.values()].map((lot) => chosenLot(r, lot))),
        may('pharmacist') && start.node,
    );
}

function chosenLot(r, lot) {
    const drop = () => {
        r.lots.delete(lot.id);
        r.draw();
        r.box.input.focus();
    };
    return el(
        'li',
        { 'data-lot': lot.lot_code },
        el(
            'div',
            null,
            el('a', { href: traceAddress(lot.id), class: 'row-link lot-code' }, lot.lot_code),
            ` ${plainName(lot)} · ${lot.supplier_name} · ${expiryText(lot)}`,
            el('p', { class: 'quiet' }, reachOf(lot)),
        ),
        el('button', { type: 'button', class: 'btn btn-quiet btn-icon', title: t('recalls.drop', { lot: lot.lot_code }), on: { click: drop } }, icon('close'), el('span', { class: 'visually-hidden' }, t('recalls.drop', { lot: lot.lot_code }))),
    );
}

// Practice is one press; what bars lots asks once more. A press repeated after a lost answer starts nothing twice.
function startForm(r) {
    const reason = field('reason', 'recalls.reason', textArea('', { maxlength: '500' }), { needed: true, wide: true });
    const mock = el('button', { type: 'submit', class: 'btn btn-quiet', value: 'mock' }, icon('gauge'), t('recalls.start_mock'));
    const real = el('button', { type: 'submit', class: 'btn btn-stop', value: 'real' }, icon('contraindicated'), t('recalls.start_real'));
    let way = 'mock';
    let sure = false;
    const keys = { mock: newKey(), real: newKey() };
    for (const button of [mock, real]) button.addEventListener('click', () => (way = button.value));
    const calm = () => {
        sure = false;
        real.lastChild.textContent = t('recalls.start_real');
    };
    real.addEventListener('blur', () => !real.disabled && calm());
    const act = async () => {
        const isMock = way === 'mock';
        if (!isMock && !sure) {
            sure = true;
            real.lastChild.textContent = t('recalls.start_sure', { n: r.lots.size });
            setTimeout(() => real.focus()); // it rested meanwhile
            return;
        }
        const lots = [...r.lots.keys()].map((lot_id) => ({ lot_id }));
        const { recall } = await send('POST', '/api/v1/recalls', { lots, reason: reason.input.value.trim(), mock: isMock }, { key: keys[way] });
        location.hash = recallAddress(recall.id);
    };
    const node = form('next-form', [reason], [real, mock], act, reason.node, el('p', { class: 'quiet' }, t('recalls.real'), el('br'), t('recalls.mock')));
    return { node, calm };
}

function recallTable(rows) {
    const heads = ['recalls.number', 'recalls.state', 'recalls.lots', 'recalls.started', ['recalls.listed', 'amount'], ['recalls.accounted', 'amount']];
    return stackTable('recalls-table', heads, rows.map(recallRow));
}

export function stateTag({ mock, ended_at: ended }) {
    return ended ? el('span', { class: 'tag' }, t('recalls.ended')) : el('span', { class: mock ? 'tag tag-warn' : 'tag tag-stop' }, t('recalls.running'));
}

export const secondsText = (seconds) => t('recall.seconds', { n: Number(seconds).toLocaleString(undefined, { maximumFractionDigits: 1 }) });
export const permilleText = (permille) => (permille === null ? '–' : `${(permille / 10).toLocaleString()} %`);

function recallRow(recall) {
    const lots = recall.lots ?? [];
    return el(
        'tr',
        { 'data-recall': recall.id },
        el('th', { scope: 'row' }, el('a', { href: recallAddress(recall.id), class: 'row-link' }, `#${recall.id}`), el('span', { class: 'row-below' }, recall.reason)),
        el('td', null, recall.mock && [el('span', { class: 'tag' }, t('recalls.tag_mock')), ' '], stateTag(recall)),
        el('td', null, lots.filter(({ named }) => named).map((lot) => `${lot.lot_code} (${plainName(lot)})`).join(', ')),
        el('td', { class: 'quiet' }, [recall.started_by, clock(new Date(recall.started_at))].filter(Boolean).join(' · ')),
        figure('recalls.listed', recall.seconds === null ? '' : secondsText(recall.seconds)),
        figure('recalls.accounted', permilleText(recall.accounted_permille)),
    );
}
