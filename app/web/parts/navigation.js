// The sections of the page as a person's roles allow them: what fits stands in the bar, the rest behind "More". A section may
// carry a badge of how much waits there.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';

const PLACES = 5; // as many as a telephone's bar holds

const WORKERS = ['practitioner', 'pharmacist', 'staff'];

const PROPOSERS = ['curator', 'pharmacist', 'practitioner'];

// The first ones get the places in the bar; one with `first` comes last for whoever has none of those roles.
const SECTIONS = [
    { key: 'nav.check', address: '#/', picture: 'check', first: ['practitioner', 'pharmacist', 'curator', 'admin'] },
    { key: 'nav.work', address: '#/work', picture: 'bell', roles: WORKERS, badge: workBadge },
    { key: 'nav.counter', address: '#/counter', picture: 'till', roles: ['pharmacist', 'staff', 'admin'], first: ['staff'] },
    { key: 'nav.prescribe', address: '#/prescribe', picture: 'pen', roles: ['practitioner', 'pharmacist'], first: ['practitioner'] },
    { key: 'nav.intakes', address: '#/intakes', picture: 'upload', roles: WORKERS, first: [] },
    { key: 'nav.orders', address: '#/orders', picture: 'basket', roles: WORKERS, inside: ['#/returns'] },
    { key: 'nav.stock', address: '#/stock', picture: 'box', roles: [...WORKERS, 'admin'], first: ['pharmacist', 'staff'], inside: ['#/lots', '#/batches', '#/corrections', '#/counts', '#/recalls', '#/receive', '#/deliveries', '#/purchases', '#/transfers'] },
    { key: 'setup.title', address: '#/setup', picture: 'tools', roles: ['staff', 'pharmacist', 'admin'], first: ['admin'], inside: ['#/suppliers', '#/places', '#/items', '#/prices', '#/people', '#/printers', '#/scales', '#/shop'] },
    { key: 'nav.evidence', address: '#/evidence', picture: 'book', roles: PROPOSERS, first: ['curator'] },
    { key: 'nav.curator', address: '#/curator', picture: 'gauge', roles: [...PROPOSERS, 'admin'], first: ['curator'] },
    { key: 'nav.tables', address: '#/tables', picture: 'sheet', first: ['admin'] },
    { key: 'nav.herbs', address: '#/herbs', picture: 'leaf' },
    { key: 'nav.formulas', address: '#/formulas', picture: 'bowl' },
    { key: 'me.title', address: '#/me', picture: 'person' },
];

// The bar; what it follows stops when the signal is aborted.
export function navigation(signal) {
    const place = ({ first }) => (!first || may(...first) ? 0 : 1);
    const allowed = SECTIONS.filter(({ roles }) => !roles || may(...roles)).sort((a, b) => place(a) - place(b));
    const inBar = allowed.length > PLACES ? PLACES - 1 : PLACES;
    const links = allowed.map((section) => link(section, signal));
    return el(
        'nav',
        { class: 'sections', 'aria-label': t('app.sections') },
        links.slice(0, inBar),
        links.length > inBar && more(links.slice(inBar), signal),
    );
}

function link({ key, address, picture, badge }, signal) {
    return el('a', { href: address, class: 'section' }, icon(picture), el('span', null, t(key)), badge?.(signal));
}

// A native disclosure, shut again by choosing, by Escape, and by going elsewhere.
function more(links, signal) {
    const details = el(
        'details',
        { class: 'more-sections' },
        el('summary', { class: 'section' }, icon('more'), el('span', null, t('nav.more'))),
        el('div', { class: 'more-list' }, links),
    );
    const shut = (event) => {
        const away = event.type === 'keydown' ? event.key === 'Escape' : !details.contains(event.target);
        if (!details.open || !away) return;
        details.open = false;
        if (event.type === 'keydown') details.querySelector('summary').focus();
    };

    document.addEventListener('click', shut, { signal });
    document.addEventListener('keydown', shut, { signal });
    addEventListener('hashchange', () => (details.open = false), { signal });
    return details;
}

// Marks the section the address belongs to, and "More" when it is in there.
export function markSection() {
    const path = `#/${location.hash.slice(2).split(/[/?]/)[0]}`;
    const section = SECTIONS.find(({ inside }) => inside?.includes(path))?.address ?? path;
    for (const node of document.querySelectorAll('.sections a.section'))
        node.setAttribute('aria-current', node.getAttribute('href') === section ? 'page' : 'false');
    const inside = document.querySelector('.more-list [aria-current="page"]');
    document.querySelector('.more-sections > summary')?.classList.toggle('section-here', Boolean(inside));
}

function workBadge(signal) {
    const badge = el('span', { class: 'count', hidden: true });
    const read = async () => {
        const { waiting, grave } = await get('/api/v1/work-list/count', { signal });
        badge.hidden = waiting === 0;
        badge.classList.toggle('count-grave', grave > 0);
        replace(
            badge,
            el('span', { 'aria-hidden': 'true' }, waiting > 99 ? '99+' : String(waiting)),
            el('span', { class: 'visually-hidden' }, t('work.count', { n: waiting })),
        );
    };

    read().catch(() => {});
    readWhen(['work'], read, signal);
    return badge;
}
