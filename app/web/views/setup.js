// What a shop is set up with: a card for each page where that is kept. A page joins by a row.

import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { may } from '/session.js';
import { pageHead } from '/parts/pieces.js';

// The name and the sentence of a card are the strings setup.KEY and setup_about.KEY; without roles it is for everybody who sees this page.
const CARDS = [
    { key: 'items', address: '#/items', picture: 'leaf' },
    { key: 'places', address: '#/places', picture: 'box' },
    { key: 'suppliers', address: '#/suppliers', picture: 'basket' },
    { key: 'prices', address: '#/prices', picture: 'till', roles: ['staff', 'pharmacist', 'admin'] },
    { key: 'shop', address: '#/shop', picture: 'tools' },
    { key: 'people', address: '#/people', picture: 'person', roles: ['admin'] },
    { key: 'printers', address: '#/printers', picture: 'print' },
    { key: 'scales', address: '#/scales', picture: 'scale' },
    { key: 'codes', address: '#/counter/codes', picture: 'till' },
    { key: 'tables_in', address: '#/tables/in', picture: 'upload' },
];

export async function viewSetup() {
    const mine = CARDS.filter(({ roles }) => !roles || may(...roles));
    return {
        title: t('setup.title'),
        node: el('div', { class: 'browse' }, pageHead('setup.title', 'setup.lead'), el('ul', { class: 'cards setup-cards' }, mine.map(card))),
    };
}

function card({ key, address, picture }) {
    return el(
        'li',
        null,
        el(
            'a',
            { class: 'thing', href: address },
            el('span', { class: 'name-first setup-name' }, icon(picture), t(`setup.${key}`)),
            el('span', { class: 'card-third' }, t(`setup_about.${key}`)),
        ),
    );
}
