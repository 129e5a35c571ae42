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
