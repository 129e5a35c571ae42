// One line of a delivery while it is entered: what a code said is filled in, the rest is typed. A code scanned meanwhile fills in what
// it says and wipes nothing.

import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { may } from '/session.js';
import { Problem } from '/api.js';
import { field, form, selectInput, textInput, tickField } from '/parts/form.js';
import { itemField } from '/parts/item_search.js';
import { fileInput } from '/parts/lot_files.js';
import { centsOf } from '/parts/money.js';
import { chosenFiles } from '/parts/receive_draft.js';
import { amountHelp, amountIn, itemName, plainAmount } from '/parts/stock_pieces.js';

// Which item a code means that the shop does not know; done(item, remember) says.
export function whichItem(code, done, cancel) {
    const tick = code.gtin && may('staff', 'admin') && rememberTick(code.gtin);
    const choose = (item) => done(item, Boolean(tick && tick.input.checked));
    const one = itemField(choose);
    return {
        item: null,
        focus: () => one.input.focus(),
        node: el(
            'section',
            { class: 'card-box receive-editor' },
            el('h2', null, t('receive.unknown')),
            code.gtin && el('p', null, t('receive.unknown_gtin', { gtin: code.gtin })),
            one.node,
            tick?.node,
            el('div', { class: 'form-buttons' }, cancelButton(cancel)),
        ),
    };
}

function rememberTick(gtin) {
    const made = tickField('remember', 'receive.remember', true);
    made.node.title = gtin;
    return made;
}

const cancelButton = (cancel) => el('button', { type: 'button', class: 'btn btn-quiet', on: { click: cancel } }, t('form.cancel'));

// The form of a line. save(line) stores it or throws; `places` are the shop's.
export function lineEditor(line, places, { save, cancel, isNew }) {
    const f = fieldsOf(line, places);
    const all = Object.values(f);
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, icon('check'), t(isNew ? 'receive.add' : 'receive.change'));
    const act = async () => {
        const cost = f.cost_cents.input.value.trim();
        const cents = cost ? centsOf(cost) : null;
        if (cost && cents === null) throw new Problem(422, { errors: [{ field: 'cost_cents', value: cost, rule: t('receive.no_sum') }] });
        const quantity = await amountIn(f.quantity, line.item);
        const typed = Object.fromEntries(['lot_code', 'expires_on', 'made_on', 'location', 'certificate', 'status'].map((name) => [name, f[name].input.value.trim()]));
        if (f.file.input.files.length) chosenFiles.set(line.uid, f.file.input.files[0]);
        await save({ ...line, ...typed, quantity, cost_cents: cents });
    };
    const node = el(
        'section',
        { class: 'card-box receive-editor' },
        el('h2', null, itemName(line.item), ' ', el('span', { class: 'quiet' }, line.item.sku)),
        form('next-form', all, [button, cancelButton(cancel)], act, el('div', { class: 'form-grid' }, all.map((one) => one.node))),
    );
    const fillIn = (from) => fillFrom(from, f, line.item);
    return { item: line.item, node, fillIn, focus: () => (all.find(({ input }) => input.required && !input.value) ?? f.lot_code).input.focus() };
}

function fieldsOf(line, places) {
    const states = [['', t('receive.by_certificate')], ['quarantined', t('lot_status.quarantined')]];
    if (may('pharmacist')) states.push(['released', t('lot_status.released')]);
    const file = field('file', 'receive.file', fileInput());
    return {
        lot_code: field('lot_code', 'stock.lot', textInput(line.lot_code, { maxlength: '60', spellcheck: 'false' }), { needed: true }),
        expires_on: field('expires_on', 'stock.expires', textInput(line.expires_on, { maxlength: '10', placeholder: '2028-05-31', inputmode: 'numeric' }), { help: 'receive.expiry_help' }),
        quantity: field('quantity', 'stock.quantity', textInput(line.quantity ? plainAmount(line.item, line.quantity) : '', { maxlength: '30' }), { needed: true, help: amountHelp(line.item) }),
        location: field('location', 'stock.home', selectInput(line.location, [['', t('next.choose')], ...places]), { needed: true }),
        cost_cents: field('cost_cents', 'receive.cost', textInput(line.cost_cents === null ? '' : (line.cost_cents / 100).toFixed(2), { inputmode: 'decimal', maxlength: '12' })),
        certificate: field('certificate', 'receive.certificate', textInput(line.certificate, { maxlength: '200' }), { help: 'receive.certificate_help' }),
        file,
        status: field('status', 'stock.state', selectInput(line.status, states)),
        made_on: field('made_on', 'lot.made_on', textInput(line.made_on, { maxlength: '10', placeholder: '2026-05-31' })),
    };
}

// What the code says, where nothing stands yet; what it does not say stays.
function fillFrom(from, f, item) {
    const amount = from.quantity && plainAmount(item, from.quantity);
    const said = { lot_code: from.lot_code, expires_on: from.expires_on, made_on: from.made_on, quantity: amount };
    for (const [name, value] of Object.entries(said)) {
        const { input } = f[name];
        if (!value || input.value.trim()) continue;
        input.value = value;
        input.dispatchEvent(new Event('input'));
    }
}
