// Pieces of a page that many views are made of.

import { el, icon } from '/dom.js';
import { t } from '/i18n.js';

// Where a page stands: the section it belongs to as a link, and what is below it.
export function trail(key, href, ...below) {
    return el('nav', { class: 'trail', 'aria-label': t(key) }, el('a', { href }, t(key)), icon('chevron'), below);
}

// The heads of a table: strings' keys, each alone or with a class.
export function tableHead(heads) {
    return el(
        'thead',
        null,
        el(
            'tr',
            null,
            heads.map((head) => {
                const [key, kind] = Array.isArray(head) ? head : [head];
                return el('th', { scope: 'col', class: kind }, t(key));
            }),
        ),
    );
}

// The head of a page: its title, a sentence of what it is for, and what can be done with the whole of it.
export function pageHead(title, lead, ...tools) {
    return el(
        'div',
        { class: 'page-head' },
        el('div', null, el('h1', null, t(title)), lead && el('p', { class: 'lead' }, t(lead))),
        tools,
    );
}

// A table whose rows become blocks on a narrow screen.
export function stackTable(kind, heads, rows) {
    return el('table', { class: `items stack ${kind}` }, tableHead(heads), el('tbody', null, rows));
}

// What was filled in late takes the focus for its main button, unless somebody has it elsewhere already.
export function offerFocus(place) {
    if ([document.body, document.getElementById('main')].includes(document.activeElement) && place.closest('.next'))
        place.querySelector('.next-go')?.focus({ preventScroll: true });
}
