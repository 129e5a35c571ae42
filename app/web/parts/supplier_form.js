// What is known of a supplier, to be filled in: for a new one, and to change one.

import { newKey, send } from '/api.js';
import { t } from '/i18n.js';
import { field, said, textArea, textInput, wrongAt } from '/parts/form.js';
import { tool } from '/parts/order_stops.js';

const LEAD = /^\d{1,3}$/;

function fieldsOf(supplier) {
    const line = (name, more) => field(name, `supplier.${name}`, textInput(supplier[name], { maxlength: '120', ...more }), { needed: name === 'name' });
    const lines = (name) => field(name, `supplier.${name}`, textArea(supplier[name], { maxlength: '500' }), { wide: true, help: `supplier.${name}_help` });
    const lead = field('lead_time_days', 'supplier.lead_time_days', textInput(supplier.lead_time_days ?? '', { inputmode: 'numeric', maxlength: '3' }), { help: 'supplier.lead_help' });
    return [line('name'), line('name_hanzi'), line('phone', { type: 'tel' }), line('email', { type: 'email' }), line('city'), lead, lines('supplies'), lines('certificate_note')];
}

function read(fields) {
    const lead = fields.find(({ name }) => name === 'lead_time_days');
    const typed = lead.input.value.trim();
    if (typed && !LEAD.test(typed)) throw wrongAt(lead, t('supplier.lead_rule'));
    return { ...said(fields), ...(typed && { lead_time_days: Number(typed) }) };
}

// done(supplier) is called with what came of it.
export function newSupplier(done) {
    const code = field('code', 'furnish.code', textInput('', { maxlength: '40', spellcheck: 'false', autocapitalize: 'characters' }), { needed: true, help: 'furnish.code_help' });
    const fields = fieldsOf({});
    const key = newKey();
    return tool('suppliers.new', [code, ...fields], 'btn-main', async () => {
        await done(await send('POST', '/api/v1/suppliers', { ...said([code]), ...read(fields) }, { key }));
    }, { say: 'suppliers.add' });
}

export function changeSupplier(supplier, done) {
    const fields = fieldsOf(supplier);
    const key = newKey();
    return tool('furnish.change', fields, 'btn-main', async () => {
        await send('PUT', `/api/v1/suppliers/${supplier.id}`, read(fields), { key });
        await done(t('furnish.changed'));
    }, { say: 'furnish.save' });
}
