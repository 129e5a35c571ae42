// What can be done with a lot, each for whoever may: move it, correct it, write it off, send it back, take it back, divide it, and say
// whether it may be used. What is refused stays as it was typed; what was done is said above, with what undoes it.

import { newKey, send } from '/api.js';
import { el } from '/dom.js';
import { t, word } from '/i18n.js';
import { may } from '/session.js';
import { field, said, selectInput, textArea, textInput } from '/parts/form.js';
import { tool } from '/parts/order_stops.js';
import { amountHelp, amountIn, amountText, inLanguage, LEDGER_PLACES, lotAddress, ofOneLine, plainAmount } from '/parts/stock_pieces.js';

const STATUSES = ['released', 'quarantined', 'held', 'recalled'];
const USES = ['adjust', 'write_off', 'return_to_supplier', 'customer_return'];
const PACKS_MOST = 200;

// lists: { places, reasons }; done(text, extras) reads the lot anew and says what happened.
export function lotActs(lot, lists, done) {
    const keeps = may('pharmacist', 'staff');
    const lies = lying(lot).length > 0;
    if (!keeps) return el('p', { class: 'quiet' }, t('lot.acts_not_you'));
    return [
        lies && moveTool(lot, lists, done),
        may('pharmacist') ? statusTool(lot, done) : el('p', { class: 'quiet' }, t('lot.status_not_you')),
        ...USES.map((use) => (lies || ['adjust', 'customer_return'].includes(use)) && correctTool(use, lot, lists, done)),
        lies && repackTool(lot, lists, done),
    ];
}

const noteField = () => field('note', 'work.note', textArea('', { maxlength: '500' }), { wide: true });

const amountField = (lot, key, value = '') =>
    field('quantity', key, textInput(value, { maxlength: '30', inputmode: lot.unit === 'each' ? 'numeric' : null }), { needed: true, help: amountHelp(lot) });

// What is on its way to another shop, or in making, is ended where that began.
const lying = (lot) => lot.places.filter(({ kind }) => !LEDGER_PLACES.includes(kind));

const lyingIn = (lot) => lying(lot).map((place) => [place.location, `${place.location} · ${amountText(lot, place.quantity)}`]);

const allPlaces = (places) => places.map(({ code, name }) => [code, name && name !== code ? `${code} · ${name}` : code]);

function moveTool(lot, { places }, done) {
    const from = field('from', 'act.from', selectInput('', lyingIn(lot)), { needed: true });
    const to = field('to', 'act.to', selectInput('', [['', t('next.choose')], ...allPlaces(places)]), { needed: true });
    const quantity = amountField(lot, 'act.how_much', plainAmount(lot, lying(lot)[0].free));
    const note = noteField();
    const [key, undoKey] = [newKey(), newKey()];
    from.input.addEventListener('change', () => {
        quantity.input.value = plainAmount(lot, lot.places.find(({ location }) => location === from.input.value).free);
    });
    return tool('act.move', [from, to, quantity, note], 'btn-main', async () => {
        const line = { lot_id: lot.id, from: from.input.value, to: to.input.value, quantity: await amountIn(quantity, lot) };
        await ofOneLine(() => send('POST', '/api/v1/moves', { lines: [line], ...said([note]) }, { key }));
        const undo = async () => {
            await ofOneLine(() => send('POST', '/api/v1/moves', { lines: [{ ...line, from: line.to, to: line.from }] }, { key: undoKey }));
            await done(t('act.moved_back', { n: amountText(lot, line.quantity), place: line.from }));
        };
        await done(t('act.moved', { n: amountText(lot, line.quantity), from: line.from, to: line.to }), { undo });
    });
}

function statusTool(lot, done) {
    const choices = STATUSES.filter((status) => status !== lot.status).map((status) => [status, word('lot_to', status)]);
    const status = field('status', 'act.status_to', selectInput('', [['', t('next.choose')], ...choices]), { needed: true, help: 'act.status_help' });
    const reason = field('reason', 'stop.reason', textInput('', { maxlength: '500' }), { needed: true, wide: true });
    const key = newKey();
    return tool('act.status', [status, reason], 'btn-main', async () => {
        await send('POST', `/api/v1/lots/${lot.id}/status`, said([status, reason]), { key });
        await done(t('act.status_set', { status: word('lot_status', status.input.value) }));
    });
}

// What goes where follows from the use: an adjustment says what was found or is missing, the others how much.
function correctTool(use, lot, { places, reasons }, done) {
    const back = use === 'customer_return';
    const found = use === 'adjust' && field('way', 'act.way', selectInput('less', [['less', t('act.missing')], ['more', t('act.found')]]));
    const where = back ? allPlaces(places.filter(({ kind }) => kind === 'quarantine')) : use === 'adjust' ? allPlaces(places) : lyingIn(lot);
    const location = field('location', 'stock.place', selectInput(lying(lot)[0]?.location, where), { needed: true, help: back && 'act.back_to_quarantine' });
    const order = back && field('order_id', 'orders.number', textInput('', { inputmode: 'numeric', maxlength: '12' }), { needed: true });
    const quantity = amountField(lot, 'act.how_much');
    const mine = reasons.filter((row) => row.use === use).map((row) => [row.code, inLanguage(row)]);
    const reason = field('reason', 'stop.reason', selectInput('', [['', t('next.choose')], ...mine]), { needed: true });
    const reference = use === 'return_to_supplier' && field('reference', 'act.reference', textInput('', { maxlength: '120' }));
    const note = noteField();
    const key = newKey();
    const fields = [location, found, order, quantity, reason, reference, note].filter(Boolean);
    return tool(`act.${use}`, fields, 'btn-main', async () => {
        const amount = await amountIn(quantity, lot);
        const wanted = {
            use,
            lot_id: lot.id,
            ...said([location, reason, note, reference].filter(Boolean)),
            quantity: found && found.input.value === 'less' ? -amount : amount,
            ...(order && { order_id: Number(order.input.value) }),
        };
        const made = await send('POST', '/api/v1/adjustments', wanted, { key });
        const values = { n: amountText(lot, amount), id: made.id, place: wanted.location };
        await done(t(made.state === 'booked' ? 'act.booked' : 'act.waits', { ...values, act: t(`act.${use}`) }));
    });
}

function repackTool(lot, { places }, done) {
    const from = field('from', 'act.from', selectInput('', lyingIn(lot)), { needed: true });
    const packs = field('packs', 'act.packs', textInput('', { inputmode: 'numeric', maxlength: '3' }), { needed: true });
    const quantity = amountField(lot, 'act.each');
    const to = field('to', 'act.to', selectInput('', [['', t('act.where_it_lies')], ...allPlaces(places)]));
    const note = noteField();
    const key = newKey();
    return tool('act.repack', [from, packs, quantity, to, note], 'btn-main', async () => {
        const count = Number(packs.input.value);
        if (!(Number.isInteger(count) && count > 0 && count <= PACKS_MOST)) {
            packs.error.textContent = t('act.packs_rule', { n: PACKS_MOST });
            packs.input.focus();
            return;
        }
        const part = { quantity: await amountIn(quantity, lot), ...said([to]) };
        const wanted = { ...said([from, note]), parts: Array.from({ length: count }, () => part) };
        const { lots } = await ofOneLine(() => send('POST', `/api/v1/lots/${lot.id}/repack`, wanted, { key }));
        const links = lots.slice(0, 20).map((id, i) => [' ', el('a', { href: lotAddress(id) }, `${lot.lot_code}-${i + 1}`)]);
        await done(t('act.repacked', { n: count, each: amountText(lot, part.quantity) }), { links });
    });
}
