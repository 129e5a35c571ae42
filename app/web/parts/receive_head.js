// Whose delivery it is: supplier, invoice, and the purchase order it belongs to, of those of the supplier that are open.

import { el, replace } from '/dom.js';
import { t } from '/i18n.js';
import { field, selectInput, textInput } from '/parts/form.js';

// r: { draft, orders }; changed() is called after a change was taken over. The fields by name; purchase_order_id.fill() offers anew.
export function headFields(r, suppliers, changed) {
    const { draft } = r;
    const names = suppliers.map(({ code, name }) => [code, `${name} · ${code}`]);
    const supplier = field('supplier', 'lot.supplier', selectInput(draft.supplier, [['', t('next.choose')], ...names]), { needed: true });
    const invoice = field('invoice', 'receive.invoice', textInput(draft.invoice, { maxlength: '80' }), { needed: true });
    const purchase = field('purchase_order_id', 'receive.purchase', selectInput('', []));
    const fillOrders = () => {
        const mine = r.orders.filter((order) => order.supplier === draft.supplier);
        const choices = [['', t('receive.free')], ...mine.map(({ id, expected_on: on }) => [String(id), [`#${id}`, on].filter(Boolean).join(' · ')])];
        if (!mine.some(({ id }) => id === draft.purchase)) draft.purchase = 0;
        replace(purchase.input, choices.map(([value, text]) => el('option', { value, selected: Number(value) === draft.purchase }, text)));
    };
    const take = async () => {
        Object.assign(draft, { supplier: supplier.input.value, invoice: invoice.input.value.trim() });
        fillOrders();
        await changed();
    };
    fillOrders();
    supplier.input.addEventListener('change', take);
    invoice.input.addEventListener('change', take);
    purchase.input.addEventListener('change', async () => {
        draft.purchase = Number(purchase.input.value);
        await changed();
    });
    return { supplier, invoice, purchase_order_id: Object.assign(purchase, { fill: fillOrders }) };
}
