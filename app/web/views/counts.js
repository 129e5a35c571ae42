// The shop's counts, newest first, and opening one: of some drawers and items, or of everything.

import { get, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { field, form, said, textInput, tickField } from '/parts/form.js';
import { fresh, pageHead, stackTable } from '/parts/pieces.js';
import { figure, holdsGoods, plainName, stockTabs } from '/parts/stock_pieces.js';

const MOST = 200; // of places, and of items, as the service takes them
const FORMS_MOST = 8; // one name is often several items: sliced, granules, powder

export const countAddress = (id) => `#/counts/${id}`;

export async function viewCounts(_, signal) {
    const list = el('div', { class: 'counts' });
    const shown = fresh(
        list,
        () => get('/api/v1/counts', { signal }),
        ({ rows }) => replace(list, rows.length ? countTable(rows) : el('p', { class: 'empty' }, t('counts.none'))),
    );
    const [{ rows: places }] = await Promise.all([get('/api/v1/locations', { signal }), shown.read()]);
    const name = nameField();

    readWhen(['change'], shown.readUnlessWriting, signal, about('count'));
    return {
        title: t('nav.counts'),
        focus: () => list.querySelector('.row-link'),
        node: el('div', { class: 'browse' }, pageHead('nav.counts', 'counts.lead'), stockTabs('#/counts'), openForm(name, places), list),
    };
}

function countTable(rows) {
    const heads = ['counts.number', 'counts.state', ['counts.progress', 'amount'], 'counts.opened'];
    return stackTable('counts-table', heads, rows.map(countRow));
}

function countRow(count) {
    return el(
        'tr',
        { 'data-count': count.id },
        el(
            'th',
            { scope: 'row' },
            el('a', { href: countAddress(count.id), class: 'row-link' }, `#${count.id} ${count.title}`),
            count.blind && [' ', el('span', { class: 'tag' }, t('count.is_blind'))],
        ),
        el('td', null, countTag(count)),
        figure('counts.progress', `${count.counted} / ${count.lines}`),
        el('td', { class: 'quiet' }, [count.created_by, day(count.created_at)].filter(Boolean).join(' · ')),
    );
}

const TAGS = { open: 'tag tag-warn', booked: 'tag tag-high', cancelled: 'tag' };

export const countTag = ({ state }) => el('span', { class: TAGS[state] }, word('count_state', state));

const nameField = () =>
    field('title', 'counts.name', textInput(t('counts.name_first', { day: day(new Date().toISOString()) }), { maxlength: '120' }), { needed: true });

// Shut at first: whoever comes to count goes on with an open one.
function openForm(name, places) {
    const what = whatField(places);
    const blind = tickField('blind', 'counts.blind', true, { wide: true });
    const numbers = { inputmode: 'numeric', maxlength: '9', placeholder: t('counts.limit_usual') };
    const limits = [
        field('limit_permille', 'counts.limit_permille', textInput('', numbers)),
        field('limit_cents', 'counts.limit_cents', textInput('', numbers)),
    ];
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, t('counts.do_open'));
    const act = async () => {
        if (what.input.value.trim() && !(await what.take())) return;
        const count = await send('POST', '/api/v1/counts', {
            ...said([name]),
            ...Object.fromEntries(Object.entries(said(limits)).map(([key, text]) => [key, /^\d+$/.test(text) ? Number(text) : text])),
            blind: blind.input.checked,
            places: what.places(),
            skus: what.skus(),
        });
        location.hash = countAddress(count.id);
    };

    name.node.classList.add('field-wide');
    return el(
        'details',
        { class: 'rest count-open' },
        el('summary', null, icon('plus'), t('counts.open')),
        form(
            'card-box count-form',
            [name, what, ...limits],
            [button],
            act,
            el('div', { class: 'form-grid' }, name.node, what.node, blind.node),
            el(
                'details',
                { class: 'rest' },
                el('summary', null, icon('chevron'), t('counts.limits')),
                el('div', { class: 'form-grid' }, limits.map(({ node }) => node)),
            ),
        ),
    );
}

// One box that takes drawers, rows of drawers and items, one after the other; what it took stands below as chips.
function whatField(places) {
    const chosen = []; // { place } or { sku, text }
    const chips = el('div', { class: 'chips count-chips' });
    const one = field('places', 'counts.what', textInput('', { maxlength: '120', spellcheck: 'false' }), { help: 'counts.what_help', wide: true });
    const draw = () => replace(chips, chosen.map((what) => chosenChip(what, () => drop(what))));
    const drop = (what) => {
        chosen.splice(chosen.indexOf(what), 1);
        draw();
        one.input.focus();
    };
    const add = (whats) => {
        const fresh = whats.filter((what) => !chosen.some((other) => other.place === what.place && other.sku === what.sku));
        const tooMany = ['place', 'sku'].some((kind) => [...chosen, ...fresh].filter((what) => what[kind]).length > MOST);
        if (!tooMany) chosen.push(...fresh);
        return tooMany ? t('counts.too_many', { n: MOST }) : '';
    };
    const take = async () => {
        const text = one.input.value.trim();
        if (!text) return true;
        const { found, wrong } = await whatIsMeant(text, places);
        one.error.textContent = wrong || add(found);
        one.input.setAttribute('aria-invalid', String(Boolean(one.error.textContent)));
        if (one.error.textContent) return false;
        one.input.value = '';
        draw();
        return true;
    };
    one.input.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || !one.input.value.trim()) return;
        event.preventDefault();
        take().catch((problem) => (one.error.textContent = problem.message));
    });
    one.node.append(chips);
    return Object.assign(one, {
        take,
        places: () => chosen.filter((what) => what.place).map((what) => what.place),
        skus: () => chosen.filter((what) => what.sku).map((what) => what.sku),
    });
}

function chosenChip(what, drop) {
    const text = what.place ?? what.text;
    return el(
        'button',
        { type: 'button', class: 'chip', 'aria-label': t('counts.take_away', { what: text }), on: { click: drop } },
        text,
        ' ',
        icon('close'),
    );
}

// A drawer, a row of drawers ("A01-A20"), or an item by any of its names: { found } or what is { wrong } with it.
async function whatIsMeant(text, places) {
    const inside = places.filter(holdsGoods);
    const same = (a, b) => a.toUpperCase() === b.toUpperCase();
    const place = inside.find(({ code }) => same(code, text));
    if (place) return { found: [{ place: place.code }] };

    const [from, to, more] = text.split(/\s*[-–~～至]\s*/);
    const ends = [from, to].map((end) => inside.find(({ code }) => end && same(code, end))?.code);
    if (!more && ends[0] && ends[1])
        return { found: inside.filter(({ code }) => code >= ends[0] && code <= ends[1]).map(({ code }) => ({ place: code })) };

    const { rows } = await get(`/api/v1/items?${new URLSearchParams({ q: text, limit: 20 })}`);
    const items = rows.some((row) => same(row.sku, text)) ? rows.filter((row) => same(row.sku, text)) : rows;
    if (!items.length) return { wrong: t('counts.not_known', { text }) };
    if (items.length > FORMS_MOST) return { wrong: t('counts.which', { text, names: items.slice(0, FORMS_MOST).map((row) => row.sku).join(', ') }) };
    return { found: items.map((row) => ({ sku: row.sku, text: `${plainName(row)} ${row.sku}` })) };
}
