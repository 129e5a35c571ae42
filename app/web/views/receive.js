// Taking a delivery in: whose it is, one box for whatever the scanner reads, the lines so far with what should be known of each, and
// one press that books all of them once. What is refused stays as it was entered.

import { get, Problem, query, send } from '/api.js';
import { append, el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { may } from '/session.js';
import { showProblem } from '/parts/form.js';
import { findItems, itemChoices, itemOfSku } from '/parts/item_search.js';
import { moneyText } from '/parts/money.js';
import { pageHead } from '/parts/pieces.js';
import { bodyOf, chosenFiles, dropDraft, isComplete, keepDraft, lineOf, noteBooked, openDraft } from '/parts/receive_draft.js';
import { attachFiles } from '/parts/receive_files.js';
import { headFields } from '/parts/receive_head.js';
import { lineEditor, whichItem } from '/parts/receive_line.js';
import { linesTable, warningNode } from '/parts/receive_lines.js';
import { orderedTable } from '/parts/receive_ordered.js';
import { readingChoices, rememberGtin } from '/parts/receive_scan.js';
import { plainly, scanBox } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';
import { amountText, deliveryAddress, doneNote, placeChoices, plainName, stockTabs } from '/parts/stock_pieces.js';

const BOOKING_MS = 120_000;
const NOTHING = { errors: [], warnings: [], cost: null };

export async function viewReceive({ id }, signal) {
    if (!may('pharmacist', 'staff')) return { title: t('receive.title'), node: el('p', { class: 'empty' }, t('lot.acts_not_you')) };
    const r = { draft: openDraft(), found: NOTHING, editor: null, note: doneNote(), message: el('p', { class: 'form-message', role: 'alert', tabindex: '-1' }) };
    const [suppliers, locations, sent, part] = await Promise.all(
        ['suppliers', 'locations', 'purchase-orders?state=sent', 'purchase-orders?state=part_received'].map((path) => get(`/api/v1/${path}`, { signal })),
    );
    r.orders = [...part.rows, ...sent.rows];
    r.places = placeChoices(locations.rows);
    const other = beginFrom(r, Number(id));
    r.parts = { ordered: el('div'), editor: el('div', { class: 'receive-place' }), lines: el('div', { class: 'receive-lines' }) };
    r.head = headFields(r, suppliers.rows, () => change(r));
    r.box = scanBox((text) => handled(r, text), signal);
    r.box.ask(t('receive.scan'));
    await recheck(r);
    draw(r);
    if (other) r.box.complain(t('receive.begun'));
    return {
        title: t('receive.title'),
        focus: () => (r.draft.supplier ? r.box.input : r.head.supplier.input),
        node: el(
            'div',
            { class: 'browse receive' },
            pageHead('receive.title', 'receive.lead', el('a', { class: 'btn btn-quiet', href: '#/tables/in' }, icon('sheet'), t('receive.from_file'))),
            stockTabs('#/receive'),
            r.note.node,
            el('div', { class: 'form-grid receive-head' }, Object.values(r.head).map(({ node }) => node)),
            r.parts.ordered,
            r.box.node,
            r.parts.editor,
            r.parts.lines,
            r.message,
        ),
    };
}

// Begun from a purchase order's page, unless another delivery is under way: then that one stays, and it is said.
function beginFrom({ draft, orders }, id) {
    const order = id && orders.find((one) => one.id === id);
    if (!order || draft.purchase === id) return false;
    if (draft.lines.length) return true;
    Object.assign(draft, { supplier: order.supplier, purchase: id });
    keepDraft(draft);
    return false;
}

// The draft is kept, looked at by the service, and shown.
async function change(r) {
    keepDraft(r.draft);
    try {
        await recheck(r);
    } catch (problem) {
        r.message.textContent = explain(problem);
    }
    draw(r);
}

async function recheck(r) {
    r.found = await check(r, r.draft.lines);
}

// What the service finds wrong, and what one should know; nothing before the supplier is known.
async function check({ draft }, lines) {
    if (!draft.supplier || !lines.length) return NOTHING;
    try {
        const { warnings, cost_cents: cost } = await query('/api/v1/receipts/check', bodyOf(draft, lines));
        return { errors: [], warnings, cost };
    } catch (problem) {
        if (!problem.errors?.length) throw problem;
        return { errors: problem.errors, warnings: [], cost: null };
    }
}

function draw(r) {
    const { draft, found, parts } = r;
    const order = r.orders.find(({ id }) => id === draft.purchase);
    r.message.textContent = '';
    replace(parts.ordered, order && orderedTable(order, draft.lines, (row) => beginOrdered(r, row)));
    replace(
        parts.lines,
        draft.lines.length ? linesTable(draft.lines, found, (line) => edit(r, line), (line) => remove(r, line)) : el('p', { class: 'quiet' }, t('receive.no_lines')),
        found.warnings.filter(({ line_no: no }) => no === 0).map((one) => el('p', { class: 'receive-whole' }, warningNode(one))),
        draft.lines.length > 0 && footer(r),
    );
}

function footer(r) {
    const drop = () => {
        const dropped = { ...r.draft };
        dropDraft();
        Object.assign(r.draft, openDraft());
        begin(r);
        r.note.say(t('receive.dropped', { n: dropped.lines.length }), {
            undo: async () => {
                Object.assign(r.draft, dropped);
                begin(r);
                r.note.say('');
                await change(r);
            },
        });
    };
    const button = el('button', { type: 'button', class: 'btn btn-main receive-book' }, icon('check'), t('receive.book', { n: r.draft.lines.length }));
    button.addEventListener('click', () => book(r, button));
    return el(
        'div',
        { class: 'receive-foot' },
        r.found.cost > 0 && el('p', null, t('receive.cost_all'), ' ', el('strong', null, moneyText(r.found.cost))),
        el('div', { class: 'form-buttons' }, button, el('button', { type: 'button', class: 'btn btn-quiet', on: { click: drop } }, t('receive.drop'))),
    );
}

// Shows the draft from its beginning.
function begin(r) {
    r.head.supplier.input.value = r.draft.supplier;
    r.head.invoice.input.value = r.draft.invoice;
    r.head.purchase_order_id.fill();
    r.found = NOTHING;
    close(r);
    draw(r);
}

function show(r, editor) {
    r.editor = editor;
    replace(r.parts.editor, editor.node);
    editor.focus();
}

function close(r) {
    r.editor = null;
    replace(r.parts.editor);
    r.box.input.focus();
}

const edit = (r, line) => show(r, lineEditor(line, r.places, { save: (changed) => save(r, changed), cancel: () => close(r), isNew: !r.draft.lines.some(({ uid }) => uid === line.uid) }));

// A line is taken when the service has nothing against it; what it has is said at the line's fields.
async function save(r, line) {
    const known = r.draft.lines.some(({ uid }) => uid === line.uid);
    const lines = known ? r.draft.lines.map((one) => (one.uid === line.uid ? line : one)) : [...r.draft.lines, line];
    const found = await check(r, lines);
    const at = `lines[${lines.indexOf(line)}].`;
    const mine = found.errors.filter((error) => error.field.startsWith(at));
    if (mine.length) throw new Problem(422, { errors: mine.map((error) => ({ ...error, field: error.field.slice(at.length) })) });
    r.draft.lines = lines;
    r.found = found;
    keepDraft(r.draft);
    close(r);
    draw(r);
    r.box.say(t('receive.added', { item: plainName(line.item), lot: line.lot_code, n: amountText(line.item, line.quantity) }));
}

async function remove(r, line) {
    r.draft.lines = r.draft.lines.filter(({ uid }) => uid !== line.uid);
    chosenFiles.delete(line.uid);
    await change(r);
    r.box.input.focus();
}

async function beginOrdered(r, row) {
    const item = await itemOfSku(row.sku);
    edit(r, lineOf(r.draft, item, { quantity: Math.max(row.quantity - row.received, 0) || null }));
}

async function handled(r, text) {
    try {
        if (text) await take(r, text);
        else r.parts.lines.querySelector('.receive-book')?.focus();
    } catch (problem) {
        if (r.editor?.fillIn) r.box.complain(plainly(problem, explain));
        else await openWith(r, problem);
    }
}

// A line that came whole from a code but is refused opens, so that what is wrong stands at its field.
async function openWith(r, problem) {
    r.box.complain(plainly(problem, explain));
    if (!r.scanned) return;
    edit(r, r.scanned);
    r.scanned = null;
}

async function take(r, text) {
    r.scanned = null;
    let scan;
    try {
        scan = await query('/api/v1/scans', { code: text });
    } catch (problem) {
        if (problem.status !== 422) throw problem;
        return byName(r, text, problem);
    }
    if (scan.readings.length === 1) return use(r, scan.readings[0]);
    show(r, readingChoices(scan.readings, (reading) => use(r, reading).catch((problem) => openWith(r, problem)), () => close(r)));
    return r.box.say(t('receive.several_readings'));
}

// Not a code: perhaps an item's name.
async function byName(r, text, problem) {
    const rows = await findItems(text);
    if (!rows.length) return r.box.complain(plainly(problem, explain));
    const choose = (item) => edit(r, lineOf(r.draft, item));
    if (rows.length === 1) return choose(rows[0]);
    return show(r, { item: null, node: el('div', { class: 'rx-patients receive-editor' }, itemChoices(rows, choose)), focus: () => r.parts.editor.querySelector('button').focus() });
}

async function use(r, reading) {
    const { item } = reading;
    const says = reading.line ?? reading;
    if (r.editor?.fillIn && (item ? item.id === r.editor.item.id : !reading.gtin)) {
        r.editor.fillIn(says);
        r.editor.focus();
        return r.box.say(t('receive.filled_in'));
    }
    if (r.editor?.fillIn) return r.box.complain(t('receive.finish', { item: plainName(r.editor.item) }));
    if (!item) return show(r, whichItem(reading, (chosen, remember) => itemFound(r, reading, chosen, remember), () => close(r)));
    const line = lineOf(r.draft, item, { ...says, location: says.location ?? undefined });
    const same = r.draft.lines.find((one) => one.item.id === item.id && one.lot_code === line.lot_code && (!line.expires_on || !one.expires_on || one.expires_on === line.expires_on));
    if (same && line.quantity) return save(r, { ...same, quantity: same.quantity + line.quantity, expires_on: same.expires_on || line.expires_on });
    if (!isComplete(line)) return edit(r, line);
    r.scanned = line;
    return save(r, line);
}

// The item a code is of, said by a person: the shop may remember it.
async function itemFound(r, reading, item, remember) {
    try {
        if (remember) await rememberGtin(item, reading.gtin);
    } catch (problem) {
        r.box.complain(plainly(problem, explain));
    }
    edit(r, lineOf(r.draft, item, { lot_code: reading.lot_code, expires_on: reading.expires_on, made_on: reading.made_on, quantity: item.unit === 'mg' ? reading.net_mg : reading.count }));
}

async function book(r, button) {
    if (r.editor) {
        r.box.complain(r.editor.item ? t('receive.finish', { item: plainName(r.editor.item) }) : t('receive.finish_first'));
        r.editor.focus();
        return;
    }
    const fields = Object.values(r.head);
    const missing = fields.filter((one) => one.input.required && !one.input.value.trim());
    for (const one of fields) one.error.textContent = missing.includes(one) ? t('form.needed') : '';
    if (missing.length) {
        missing[0].input.focus();
        return;
    }
    button.disabled = true;
    try {
        const { id } = await send('POST', '/api/v1/receipts', bodyOf(r.draft, r.draft.lines), { key: r.draft.key, waitMs: BOOKING_MS });
        const failed = await attachFiles(id, r.draft.lines);
        noteBooked(id, t('receive.booked', { n: r.draft.lines.length }), failed);
        dropDraft();
        location.hash = deliveryAddress(id);
    } catch (problem) {
        const whole = (problem.errors ?? []).filter((error) => !error.field.startsWith('lines['));
        r.found = { ...r.found, errors: problem.errors ?? [] };
        draw(r);
        if (whole.some((error) => error.field === 'Idempotency-Key')) append(r.message, [t('receive.booked_before'), ' ', el('a', { href: '#/deliveries' }, t('deliveries.title'))]);
        else if (whole.length || !problem.errors?.length) showProblem({ ...problem, message: problem.message, errors: whole }, fields, r.message);
        else append(r.message, [t('receive.refused')]);
    }
}
