// Choosing an item of the shop by any name or number: a box, and what may be meant below it.

import { get } from '/api.js';
import { debounce, el, replace } from '/dom.js';
import { t } from '/i18n.js';
import { field, textInput } from '/parts/form.js';
import { explain } from '/parts/states.js';
import { itemName } from '/parts/stock_pieces.js';

const SHOWN_MOST = 8;
const SEARCH_AFTER_MS = 250;

export async function findItems(text, signal) {
    const { rows } = await get(`/api/v1/items?${new URLSearchParams({ q: text, limit: SHOWN_MOST + 1 })}`, { signal });
    return rows;
}

// The item of exactly that number.
export async function itemOfSku(sku) {
    return (await findItems(sku)).find((item) => item.sku === sku);
}

// Buttons for items; choose(item) is called with the one that is pressed.
export function itemChoices(rows, choose) {
    return el(
        'ul',
        { class: 'item-choices' },
        rows.slice(0, SHOWN_MOST).map((item) =>
            el(
                'li',
                null,
                el(
                    'button',
                    { type: 'button', class: 'rx-patient', 'data-sku': item.sku, on: { click: () => choose(item) } },
                    el('span', { class: 'strong' }, itemName(item)),
                    el('span', { class: 'quiet' }, [item.sku, item.home].filter(Boolean).join(' · ')),
                ),
            ),
        ),
        rows.length > SHOWN_MOST && el('li', { class: 'quiet item-more' }, t('receive.more_items')),
    );
}

// A field that searches as one types; Enter takes the first.
export function itemField(choose) {
    const one = field('item', 'receive.which_item', textInput('', { maxlength: '120', spellcheck: 'false' }), { help: 'receive.item_help', wide: true });
    const list = el('div', { class: 'rx-patients', 'aria-live': 'polite' });
    let found = [];
    const show = async () => {
        const text = one.input.value.trim();
        try {
            found = text ? await findItems(text) : [];
            replace(list, found.length ? itemChoices(found, choose) : text && el('p', { class: 'quiet item-more' }, t('list.none', { q: text })));
        } catch (problem) {
            replace(list, el('p', { class: 'form-message' }, explain(problem)));
        }
    };
    const later = debounce(SEARCH_AFTER_MS, show);

    one.input.addEventListener('input', later);
    one.input.addEventListener('keydown', async (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        await show();
        if (found.length) choose(found[0]);
    });
    one.node.append(list);
    return one;
}
