// What narrows a list: native selects, boxes and chips that write into an object which outlives the page shown.

import { debounce, el, freshId, icon } from '/dom.js';
import { t } from '/i18n.js';

const SEARCH_AFTER_MS = 250; // where the service is asked

// A select named by the string `key`: choices [[value, text], …] for kept[name]; calls changed() after a choice.
export function filterSelect(key, kept, name, choices, changed) {
    return el(
        'label',
        { class: 'category' },
        el('span', { class: 'visually-hidden' }, t(key)),
        el(
            'select',
            {
                class: 'select',
                title: t(key),
                on: {
                    change: (event) => {
                        kept[name] = event.target.value;
                        changed();
                    },
                },
            },
            choices.map(([value, text]) => el('option', { value, selected: value === kept[name] }, text)),
        ),
        icon('chevron'),
    );
}

// A chip that stays pressed, for kept[name] true or false.
export function chip(key, kept, name, changed) {
    const button = el('button', { type: 'button', class: 'chip', 'aria-pressed': String(kept[name]) }, t(key));
    button.addEventListener('click', () => {
        kept[name] = !kept[name];
        button.setAttribute('aria-pressed', String(kept[name]));
        changed();
    });
    return button;
}

// A box for kept[name], labelled by `key`; calls changed() a moment after the last key.
export function searchField(key, kept, name, changed, { hint = key, afterMs = SEARCH_AFTER_MS } = {}) {
    const id = freshId('search');
    const later = debounce(afterMs, changed);
    return el(
        'div',
        { class: 'search' },
        icon('search'),
        el('label', { for: id, class: 'visually-hidden' }, t(key)),
        el('input', {
            id,
            type: 'search',
            class: 'form-control',
            value: kept[name],
            placeholder: t(hint),
            autocomplete: 'off',
            spellcheck: 'false',
            on: {
                input: (event) => {
                    kept[name] = event.target.value;
                    later();
                },
            },
        }),
    );
}
