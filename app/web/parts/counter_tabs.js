// What the pages of the counter share: the tabs between them, and the state of a sale.

import { el } from '/dom.js';
import { t, word } from '/i18n.js';

const TABS = [
    ['counter.sell', '#/counter'],
    ['counter.tickets', '#/counter/tickets'],
    ['counter.drawer', '#/counter/drawer'],
    ['counter.codes', '#/counter/codes'],
];

export function counterTabs(address) {
    return el(
        'nav',
        { class: 'tabs', 'aria-label': t('nav.counter') },
        TABS.map(([key, href]) => el('a', { class: 'section', href, 'aria-current': href === address ? 'page' : 'false' }, t(key))),
    );
}

export const ticketTag = (state) => el('span', { class: `tag ticket-${state}` }, word('ticket', state));
