// Batches made ahead: the list; and one with its ingredients' lots and the step it waits for: to be picked, made, checked by another.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { may, person } from '/session.js';
import { filterSelect } from '/parts/filters.js';
import { field, form, textArea, textInput } from '/parts/form.js';
import { factList, section } from '/parts/monograph.js';
import { tool } from '/parts/order_stops.js';
import { fresh, pageHead, thingHead, trail } from '/parts/pieces.js';
import { amountHelp, amountIn, amountText, batchAddress, doneNote, figure, itemName, lotAddress, plainAmount, renamed, stockTable, stockTabs } from '/parts/stock_pieces.js';

const STEP = { planned: 'pick', picked: 'making', made: 'check' };
const WAY = ['planned', 'picked', 'made', 'checked'];
const kept = { state: '' };
const MG = { unit: 'mg' };

export async function viewBatches(_, signal) {
    const list = el('div');
    const shown = fresh(
        list,
        () => get(`/api/v1/batches${kept.state && `?state=${kept.state}`}`, { signal }),
        ({ rows }) => replace(list, rows.length ? listTable(rows) : el('p', { class: 'empty' }, t('batches.none'))),
    );

    const states = [['', t('orders.all')], ...[...WAY, 'cancelled'].map((one) => [one, word('batch', one)])];

    await shown.read();
    readWhen(['change'], shown.readUnlessWriting, signal, about('batch'));
    return {
        title: t('batches.title'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('batches.title', 'batches.lead', el('a', { class: 'btn btn-main', href: '#/batches/plan' }, icon('bowl'), t('batches.plan'))),
            stockTabs('#/batches'),
            el('div', { class: 'browse-tools' }, filterSelect('orders.state', kept, 'state', states, shown.read)),
            list,
        ),
    };
}

const stateTag = ({ state }) => el('span', { class: `tag ${{ checked: 'tag-high', cancelled: '' }[state] ?? 'tag-warn'}` }, word('batch', state));

function listTable(rows) {
    return stockTable(['orders.number', 'stock.item', 'batch.state', ['batch.plan_quantity', 'amount'], ['batch.yield', 'amount'], 'batches.planned_by'], rows, (row) => [
        { 'data-batch': row.id },
        el('a', { href: batchAddress(row.id), class: 'row-link' }, `#${row.id}`),
        el('td', null, itemName(row), el('span', { class: 'row-below' }, [row.sku, row.lot_code].filter(Boolean).join(' · '))),
        el('td', null, stateTag(row)),
        figure('batch.plan_quantity', amountText(row, row.planned_quantity)),
        figure('batch.yield', row.yield_quantity ? amountText(row, row.yield_quantity) : ''),
        el('td', { class: 'quiet' }, clock(new Date(row.planned_at)), el('span', { class: 'row-below' }, row.planned_by)),
    ]);
}

export async function viewBatch({ id }, signal) {
    const note = doneNote();
    const body = el('div');
    const shown = fresh(body, () => get(`/api/v1/batches/${encodeURIComponent(id)}`, { signal }), (batch) => replace(body, page(batch, done)));
    const done = async (text) => {
        await shown.read();
        note.say(text);
    };
    const batch = await shown.read();

    readWhen(['stock', 'change'], shown.readUnlessWriting, signal, about('batch', batch.id));
    return { title: `${t('batch.one')} #${batch.id}`, node: el('div', { class: 'browse' }, note.node, body), focus: () => body.querySelector('.next-go') };
}

function page(batch, done) {
    return el(
        'article',
        { class: 'monograph' },
        trail('batches.title', '#/batches', `#${batch.id}`),
        thingHead(el('h1', null, `${t('batch.one')} #${batch.id} `, stateTag(batch)), el('p', { class: 'monograph-third' }, itemName(batch), ` · ${batch.sku}`)),
        batch.state !== 'cancelled' && steps(batch),
        STEP[batch.state] && nextPanel(batch, done),
        facts(batch),
        section('batch.ingredients', ingredients(batch)),
        STEP[batch.state] && el('div', { class: 'exits' }, cancelForm(batch, done)),
    );
}

function steps(batch) {
    const reached = WAY.indexOf(batch.state);
    const who = { planned: batch.planned_by, made: batch.made_by, checked: batch.checked_by };
    return el(
        'ol',
        { class: 'steps' },
        WAY.map((state, i) =>
            el(
                'li',
                { class: i <= reached ? 'step step-done' : 'step', 'aria-current': i === reached ? 'step' : null },
                el('span', { class: 'step-name' }, word('batch', state)),
                who[state] && el('span', { class: 'step-who' }, who[state]),
            ),
        ),
    );
}

function facts(batch) {
    return factList(
        [
            ['batch.plan_quantity', amountText(batch, batch.planned_quantity)],
            ['batch.piece', batch.unit === 'each' ? amountText(MG, batch.piece_mg) : ''],
            ['batch.used', batch.used_mg ? amountText(MG, batch.used_mg) : ''],
            ['batch.yield', batch.yield_quantity ? amountText(batch, batch.yield_quantity) : ''],
            ['batch.loss', batch.used_mg ? amountText(MG, batch.loss_mg) : ''],
            ['batch.location', batch.location],
            ['batch.lot', batch.lot_id ? el('a', { href: lotAddress(batch.lot_id), class: 'lot-code' }, batch.lot_code) : batch.lot_code],
            ['batch.expires', batch.expires_on && day(batch.expires_on)],
            ['work.note', [batch.note, batch.making_note, batch.check_note].filter(Boolean).join(' · ')],
        ],
        'property-strip',
    );
}

function ingredients({ lines }) {
    return stockTable(['stock.item', ['stock.quantity', 'amount'], 'batch.lots'], lines, (line) => [
        { 'data-line': line.line_no },
        [itemName(line), el('span', { class: 'row-below' }, line.sku)],
        figure('stock.quantity', amountText(MG, line.quantity_mg)),
        el('td', null, line.lots.map((lot) => el('p', null, el('a', { href: lotAddress(lot.lot_id), class: 'lot-code' }, lot.lot_code), ` ${lot.location} · ${amountText(MG, lot.quantity_mg)}`))),
    ]);
}

function nextPanel(batch, done) {
    const why = batch.state === 'made' ? whyNoCheck(batch) : '';
    return el(
        'section',
        { class: 'next card-box', 'aria-labelledby': 'next-step' },
        el('div', { class: 'next-head' }, el('p', { class: 'next-kicker' }, t('next.kicker')), el('h2', { id: 'next-step' }, t(`batch.next_${batch.state}`))),
        el('p', { class: 'next-about' }, t(`batch.about_${batch.state}`)),
        why ? el('p', { class: 'next-why', role: 'note' }, icon('person'), ' ', why) : stepForm(batch, done),
    );
}

function whyNoCheck(batch) {
    if (!may('pharmacist')) return t('batch.not_pharmacist');
    return batch.maker_id === person().id && !batch.single_person_mode ? t('batch.not_you') : '';
}

function stepForm(batch, done) {
    const key = newKey();
    const picks = batch.state === 'planned';
    const came = batch.state === 'picked' && field('yield', 'batch.yield', textInput(plainAmount(batch, batch.planned_quantity), { maxlength: '30' }), { needed: true, help: amountHelp(batch) });
    const note = !picks && field('note', 'work.note', textArea('', { maxlength: '500' }), { wide: true });
    const fields = [came, note].filter(Boolean);
    const act = async () => {
        const body = picks ? undefined : { ...(came && { yield: await amountIn(came, batch) }), ...(note.input.value.trim() && { note: note.input.value.trim() }) };
        try {
            await send('POST', `/api/v1/batches/${batch.id}/${STEP[batch.state]}`, body, { key });
        } catch (problem) {
            throw renamed(problem, (name) => (/^lines|^ingredients/.test(name) ? '' : name));
        }
        await done(t(`batch.did_${batch.state}`));
    };
    const button = el('button', { type: 'submit', class: 'btn btn-main next-go' }, t(`batch.do_${batch.state}`));
    return form('next-form', fields, [button], act, fields.length > 0 && el('div', { class: 'form-grid' }, fields.map(({ node }) => node)));
}

function cancelForm(batch, done) {
    const key = newKey();
    return tool('batch.cancel', [], 'btn-quiet', async () => {
        await send('POST', `/api/v1/batches/${batch.id}/cancel`, undefined, { key });
        await done(t('batch.did_cancel'));
    }, { about: el('p', null, t('batch.cancel_about')) });
}
