// Where goods lie: the shop's places by kind with what belongs in each, and one with what lies there, what it should hold, and its label.

import { get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { readWhen } from '/live.js';
import { may } from '/session.js';
import { chip } from '/parts/filters.js';
import { field, said, selectInput, textInput, tickField } from '/parts/form.js';
import { firstOf, keptItemAddress, listPage, listTrail, mayFurnish, narrowed, placeAddress, retiredTag, retireForm, twoColumns } from '/parts/furnish.js';
import { section } from '/parts/monograph.js';
import { tool } from '/parts/order_stops.js';
import { addPlacePar, placePars } from '/parts/pars.js';
import { fresh, thingHead, waitingGroup } from '/parts/pieces.js';
import { shelfLabels } from '/parts/shelf_labels.js';
import { amountText, doneNote, expiryText, figure, holdsGoods, itemName, LEDGER_PLACES, lotAddress, plainName, refusalTag, stockTable } from '/parts/stock_pieces.js';

const KINDS = ['drawer', 'cabinet', 'shelf', 'refrigerator', 'bench', 'quarantine'];
const LABELS_MOST = 400; // as many as a print job takes
const kept = { q: '', retired: false, low: false };

export async function viewPlaces(_, signal) {
    const list = el('div');
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    let rows = [];
    let shown = [];
    const labels = labelsOf(() => shown.filter(({ kind }) => KINDS.includes(kind)));
    const draw = () => {
        shown = narrowed(kept.low ? rows.filter(({ low }) => low) : rows, kept.q, (row) => [row.code, row.name, word('place', row.kind), ...(row.belongs ?? []).flatMap((item) => [item.name, item.name_hanzi, item.sku])]);
        count.textContent = t('list.count', { n: shown.length, all: rows.length });
        labels.tell();
        replace(list, shown.length ? groups(shown) : el('p', { class: 'empty' }, kept.q.trim() ? t('list.none', { q: kept.q }) : t('furnish.none')));
    };
    const ask = async () => {
        const [places, missing] = await Promise.all([get(`/api/v1/locations?belongs=true&all=${kept.retired}`, { signal }), get('/api/v1/pars?missing=true', { signal })]);
        return places.rows.filter(({ internal }) => internal).map((row) => ({ ...row, low: missing.rows.filter(({ location_id: id }) => id === row.id).length }));
    };
    const followed = fresh(list, ask, (found) => {
        rows = found;
        draw();
    });

    await followed.read();
    readWhen(['stock'], followed.readUnlessWriting, signal);
    const { search, node } = listPage('places', kept, followed.read, draw, may('pharmacist', 'staff') ? [labels.node, list] : list, count, newPlace());
    search.after(chip('places.only_low', kept, 'low', draw));
    search.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        draw();
        const exact = shown.find(({ code }) => code.toLowerCase() === kept.q.trim().toLowerCase()) ?? (shown.length === 1 && shown[0]);
        if (exact) location.hash = placeAddress(exact.id);
    });
    return { title: t('places.title'), focus: () => search.querySelector('input'), node };
}

function groups(rows) {
    return [...KINDS, ...LEDGER_PLACES]
        .map((kind) => [kind, rows.filter((row) => row.kind === kind)])
        .filter(([, mine]) => mine.length)
        .map(([kind, mine]) => waitingGroup(`place_kinds.${kind}`, mine, () => el('ul', { class: 'cards places' }, mine.map(card))));
}

function card(row) {
    return el(
        'li',
        null,
        el(
            'a',
            { class: 'thing', href: placeAddress(row.id), 'data-place': row.code },
            el('span', { class: 'name-first' }, row.code, lockedTag(row), retiredTag(row), row.low > 0 && [' ', el('span', { class: 'tag tag-warn' }, t('places.low', { n: row.low }))]),
            el('span', null, (row.belongs ?? []).map(plainName).join(' · ')),
            row.name !== row.code && el('span', { class: 'card-third' }, row.name),
        ),
    );
}

// The labels of all places that are shown, drawn when somebody asks for them; `tell` is called when others are shown.
function labelsOf(shown) {
    const place = el('div');
    const words = el('span');
    const open = ({ target }) => {
        const ids = target.open ? shown().map(({ id }) => id) : [];
        replace(place, ids.length > 0 && shelfLabels(ids.map((id) => ({ location_id: id })), `/api/v1/locations/${ids[0]}/label`, 'places', `/api/v1/drawer-labels?locations=${ids.join(',')}`));
    };
    const node = el('details', { class: 'rest places-labels', on: { toggle: open } }, el('summary', null, icon('chevron'), words), place);
    const tell = () => {
        const n = shown().length;
        node.hidden = n === 0 || n > LABELS_MOST;
        node.open = false;
        words.textContent = t('places.labels', { n });
    };
    return { node, tell };
}

const lockedTag = ({ restricted }) => restricted && [' ', el('span', { class: 'tag' }, t('place.locked'))];

const lockedField = (on) => tickField('restricted', 'place.restricted', on, { help: 'place.restricted_help' });

const nameField = (name) => field('name', 'place.name', textInput(name, { maxlength: '120' }), { needed: true, help: 'place.name_help' });

function newPlace() {
    const code = field('code', 'furnish.code', textInput('', { maxlength: '40', spellcheck: 'false', autocapitalize: 'characters' }), { needed: true, help: 'furnish.code_help' });
    const name = nameField('');
    const kind = field('kind', 'place.kind', selectInput('drawer', KINDS.map((one) => [one, word('place', one)])), { needed: true });
    const locked = lockedField(false);
    const key = newKey();
    return tool('places.new', [code, name, kind, locked], 'btn-main', async () => {
        const made = await send('POST', '/api/v1/locations', { ...said([code, name, kind]), restricted: locked.input.checked }, { key });
        location.hash = placeAddress(made.id);
    }, { say: 'places.add' });
}

export async function viewPlace({ id }, signal) {
    const path = `/api/v1/locations/${encodeURIComponent(id)}`;
    const note = doneNote();
    const body = el('div');
    const ask = async () => {
        const place = await get(path, { signal });
        const [lots, home, pars] = await Promise.all([
            get(`${path}/lots`, { signal }),
            get(`/api/v1/items?${new URLSearchParams({ home: place.code })}`, { signal }),
            get('/api/v1/pars', { signal }),
        ]);
        return { place, lots: lots.rows, home: home.rows, pars: pars.rows.filter((row) => row.location_id === place.id) };
    };
    const shown = fresh(body, ask, (found) => replace(body, page(found, path, done)));
    const done = async (text) => {
        await shown.read();
        note.say(text);
    };
    const { place } = await shown.read();

    readWhen(['stock', 'lot'], shown.readUnlessWriting, signal);
    return { title: place.code, node: el('div', { class: 'browse furnish' }, note.node, body) };
}

function page({ place, lots, home, pars }, path, done) {
    const goods = holdsGoods(place);
    const changes = goods && mayFurnish();
    return el(
        'article',
        { class: 'monograph' },
        listTrail('places.title', '#/places', place.code),
        thingHead(
            el('h1', { class: 'book-title' }, place.code, lockedTag(place), retiredTag(place)),
            el('p', { class: 'monograph-third' }, [place.name !== place.code && place.name, word('place', place.kind)].filter(Boolean).join(' · ')),
        ),
        twoColumns(
            [
                section('place.lies', lots.length ? firstOf(lots, lotsTable) : el('p', { class: 'quiet' }, t('place.empty'))),
                goods && section('place.pars', pars.length ? placePars(pars, done) : el('p', { class: 'quiet' }, t('par.none')), changes && addPlacePar(place, done)),
            ],
            [
                home.length > 0 && section('place.home', homeList(home)),
                goods && may('pharmacist', 'staff') && section('lot.label', shelfLabels([{ location_id: place.id }], `${path}/label`, `place-${place.code}`)),
                changes && section('lot.acts', changePlace(place, path, done), retireForm(path, place, done)),
            ],
        ),
    );
}

function lotsTable(rows) {
    const heads = ['stock.item', 'stock.lot', ['stock.quantity', 'amount'], 'stock.expires', 'stock.state'];
    return stockTable(heads, rows, (row) => [
        { 'data-lot': row.lot_code },
        [el('a', { href: keptItemAddress(row.item_id), class: 'row-link' }, itemName(row)), el('span', { class: 'row-below' }, row.sku)],
        el('td', null, el('a', { href: lotAddress(row.id), class: 'lot-code' }, row.lot_code)),
        figure('stock.quantity', amountText(row, row.quantity)),
        figure('stock.expires', expiryText(row), ''),
        el('td', null, refusalTag(row.refusal)),
    ]);
}

const homeList = (rows) => el('ul', { class: 'link-list' }, rows.map((row) => el('li', null, el('a', { href: keptItemAddress(row.id) }, itemName(row)), el('span', { class: 'quiet' }, amountText(row, row.on_hand)))));

function changePlace(place, path, done) {
    const name = nameField(place.name);
    const locked = lockedField(place.restricted);
    const key = newKey();
    return tool('furnish.change', [name, locked], 'btn-main', async () => {
        await send('PUT', path, { ...said([name]), restricted: locked.input.checked }, { key });
        await done(t('furnish.changed'));
    }, { say: 'furnish.save' });
}
