// What a promo code is for and what it leaves out: words with ";" between, chosen from what the shop has or typed, and read back in the
// reader's language.

import { el, icon } from '/dom.js';
import { t, word } from '/i18n.js';
import { field, selectInput, textInput } from '/parts/form.js';
import { itemField } from '/parts/item_search.js';
import { formName, taxName } from '/parts/price_pieces.js';
import { itemKinds } from '/parts/stock_pieces.js';

const WHOLE = ['order', 'fee'];

const wordsOf = (text) =>
    text
        .split(';')
        .map((one) => one.trim())
        .filter(Boolean);

// Each word as people call it; what is no kind, category or form (an SKU, a herb) stays as it is.
export function wordsText(text, lists) {
    return wordsOf(text)
        .map((one) => {
            const id = one.toLowerCase();
            if (itemKinds.includes(id)) return word('item_kind', id);
            if (WHOLE.includes(id)) return t(`promo_word.${id}`);
            if (lists.taxes.some((tax) => tax.tax_category === id)) return taxName(lists, id);
            return lists.forms.some((form) => form.id === id) ? formName(lists, id) : one;
        })
        .join(t('promo.comma'));
}

// A field of such words, with a way to add one without knowing how it is written.
export function wordsField(name, labelKey, value, lists, help) {
    const made = field(name, labelKey, textInput(value ?? '', { maxlength: '500', spellcheck: 'false' }), { help, wide: true });
    const add = (one) => {
        const words = wordsOf(made.input.value);
        if (!words.some((known) => known.toLowerCase() === one.toLowerCase())) made.input.value = [...words, one].join(';');
        made.input.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const choice = selectInput('', [['', t('promo.add_word')]]);
    for (const [key, rows] of choices(lists))
        choice.append(
            el(
                'optgroup',
                { label: t(key) },
                rows.map(([id, text]) => el('option', { value: id }, text)),
            ),
        );
    choice.setAttribute('aria-label', `${t(labelKey)}: ${t('promo.add_word')}`);
    choice.addEventListener('change', () => {
        if (choice.value) add(choice.value);
        choice.value = '';
    });
    const search = itemField((item) => {
        add(item.sku);
        search.input.value = '';
        search.input.dispatchEvent(new Event('input'));
    });
    made.node.append(el('details', { class: 'rest promo-words' }, el('summary', null, icon('chevron'), t('promo.add_words')), choice, search.node));
    return made;
}

function choices({ taxes, forms }) {
    return [
        ['stock.kind', [...itemKinds.map((kind) => [kind, word('item_kind', kind)]), ...WHOLE.map((one) => [one, t(`promo_word.${one}`)])]],
        ['prices.tax_category', taxes.map((tax) => [tax.tax_category, tax.name])],
        ['orders.form', forms.map((form) => [form.id, formName({ forms }, form.id)])],
    ];
}
