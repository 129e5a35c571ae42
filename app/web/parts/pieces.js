// Pieces of a page that many views are made of.

import { get } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { explain } from '/parts/states.js';

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

// The head of a page about one thing: its title, what stands below it, and what can be done with the whole of it.
export function thingHead(title, below, tools) {
    return el('header', { class: 'monograph-head' }, el('div', { class: 'monograph-title' }, title, below), tools && el('div', { class: 'papers' }, tools));
}

// A table whose rows become blocks on a narrow screen.
export function stackTable(kind, heads, rows) {
    return el('table', { class: `items stack ${kind}` }, tableHead(heads), el('tbody', null, rows));
}

// The rows that wait for somebody, under their head with their number; `otherwise` stands there when there is none.
export function waitingGroup(key, rows, table, otherwise) {
    return el(
        'section',
        { class: 'group' },
        el('h2', null, t(key), el('span', { class: 'group-count' }, rows.length ? String(rows.length) : '')),
        rows.length ? table(rows) : otherwise,
    );
}

// What was filled in late takes the focus for its main button, unless somebody has it elsewhere already.
export function offerFocus(place) {
    if ([document.body, document.getElementById('main')].includes(document.activeElement) && place.closest('.next'))
        place.querySelector('.next-go')?.focus({ preventScroll: true });
}

// A part of a page that shows what ask() finds, drawn by draw(found): `read` shows it anew; `readUnlessWriting` does when something
// changed, but takes nothing from under the hands of somebody who is filling something in: it offers to show it. Of two questions
// under way the answer to the later one stays.
export function fresh(node, ask, draw) {
    let shown = '';
    let asked = 0;
    let answered = 0;
    const askInTurn = async () => {
        const turn = ++asked;
        const found = await ask();
        const late = turn < answered;
        answered = Math.max(turn, answered);
        return { found, late };
    };
    const show = (found) => {
        shown = JSON.stringify(found);
        draw(found);
    };
    const read = async () => {
        const { found, late } = await askInTurn();
        if (!late) show(found);
        return found;
    };
    const readUnlessWriting = async () => {
        const { found, late } = await askInTurn();
        if (late || JSON.stringify(found) === shown) return;
        if (node.querySelector('form :is(input, select, textarea):focus, .stop-tool[open]')) node.prepend(changedNotice(node, read));
        else show(found);
    };
    return { read, readUnlessWriting };
}

function changedNotice(node, read) {
    node.querySelector('.changed-notice')?.remove();
    return el(
        'p',
        { class: 'form-message changed-notice', role: 'status' },
        t('page.changed'),
        ' ',
        el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: read } }, t('orders.show')),
    );
}

// What happened, with who and when: rows of { text, by, at }.
export function happenedList(rows) {
    return el(
        'ol',
        { class: 'link-list' },
        rows.map(({ text, by, at }) => el('li', null, el('span', null, text), el('span', { class: 'quiet' }, [by, clock(new Date(at))].filter(Boolean).join(' · ')))),
    );
}

// A label as it would come out of the printer; in its place what hinders, when it cannot be drawn.
export function labelPicture(source, alt) {
    const picture = el('img', { class: 'label-preview', src: source, alt });
    const place = el('div', { class: 'label-paper' }, picture);
    picture.addEventListener('error', () => {
        get(source)
            .then(() => {})
            .catch((problem) => replace(place, el('p', { class: 'form-message', role: 'note' }, explain(problem))));
    });
    return place;
}
