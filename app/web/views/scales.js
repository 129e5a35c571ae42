// The weighing scales of the bench: which there are, what lies on one, which one this workstation reads, and for administrators, a scale
// more or less.

import { get, newKey, send } from '/api.js';
import { el, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { may } from '/session.js';
import { searchField } from '/parts/filters.js';
import { field, form, said, selectInput, textInput, tickField } from '/parts/form.js';
import { gramsText } from '/parts/grams.js';
import { tool } from '/parts/order_stops.js';
import { fresh, pageHead } from '/parts/pieces.js';
import { keep, kept } from '/parts/station.js';
import { amountIn, doneNote } from '/parts/stock_pieces.js';

const READING_MS = 20_000;
const NARROW_AFTER_MS = 80;
const PROTOCOLS = ['mt-sics', 'and', 'ohaus'];
const UNITS = ['g', 'kg', 'mg', 'oz', 'lb', 'ozt', 'dwt', 'GN', 'ct', 'any'];
const narrowed = { q: '' };

const path = (code, tail) => `/api/v1/scales/${encodeURIComponent(code)}/${tail}`;

export async function viewScales(_, signal) {
    if (!may('pharmacist', 'staff', 'admin')) return { title: t('scales.title'), node: el('div', { class: 'browse keeping' }, pageHead('scales.title'), el('p', { class: 'empty' }, t('scales.not_yours'))) };
    const note = doneNote();
    const body = el('div');
    const adding = el('div');
    const shown = fresh(body, async () => (await get('/api/v1/scales', { signal })).rows, (rows) => replace(body, listed(rows, done)));
    const done = async (text) => {
        await shown.read();
        note.say(text);
    };
    const offer = () => replace(adding, may('admin') ? addTool(added) : el('p', { class: 'quiet' }, t('scales.ask_admin')));
    const added = async (text) => {
        offer();
        await done(text);
    };

    await shown.read();
    offer();
    return { title: t('scales.title'), node: el('div', { class: 'browse keeping' }, pageHead('scales.title', 'scales.lead'), note.node, adding, body) };
}

function listed(rows, done) {
    if (!rows.length) return el('p', { class: 'empty' }, t('scales.none'));
    const list = el('div');
    const draw = () => {
        const wanted = narrowed.q.trim().toLowerCase();
        const found = rows.filter((one) => [one.code, one.name, one.uri].join('|').toLowerCase().includes(wanted));
        replace(list, found.length ? el('ul', { class: 'corrections' }, found.map((one) => scaleRow(one, done))) : el('p', { class: 'empty' }, t('scales.no_match')));
    };
    draw();
    return [rows.length > 1 && el('div', { class: 'browse-tools' }, searchField('scales.search', narrowed, 'q', draw, { afterMs: NARROW_AFTER_MS })), list];
}

function scaleRow(one, done) {
    const mine = kept('scale') === one.code;
    const name = one.name && one.name !== one.code ? one.name : '';
    return el(
        'li',
        { class: 'card-box printer', 'data-scale': one.code },
        el('p', null, el('span', { class: 'strong' }, name || one.code), ' ', name && el('span', { class: 'lot-code' }, one.code), ' ', mine && el('span', { class: 'tag tag-high' }, t('scales.mine'))),
        el('p', { class: 'quiet printer-where' }, [one.uri, t(`scales.speaks_${one.protocol.replace('-', '_')}`), unitText(one.unit), t(one.asks ? 'scales.asked' : 'scales.by_itself')].join(' · ')),
        el('p', { class: 'quiet' }, [t('scales.range', { least: gramsText(one.minimum_mg), most: gramsText(one.capacity_mg), step: gramsText(one.resolution_mg) }), one.last_read_at && t('scales.last', { when: clock(new Date(one.last_read_at)) })].filter(Boolean).join(' · ')),
        may('pharmacist', 'staff') && el('div', { class: 'scale-acts' }, lookForm(one), !mine && useForm(one, done)),
        may('admin') && removeTool(one, done),
    );
}

const unitText = (unit) => (unit === 'any' ? t('scales.any_unit') : unit);

const smallButton = (key) => el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t(key));

// What lies on it now; nothing is kept.
function lookForm({ code }) {
    const answer = el('output', { class: 'strong' });
    const act = async () => {
        replace(answer, t('bench.reading'));
        try {
            const { weight_mg: mg } = await get(path(code, 'reading'), { waitMs: READING_MS });
            replace(answer, t('scales.lies', { n: gramsText(mg) }));
        } catch (problem) {
            replace(answer);
            throw problem;
        }
    };
    return form('scale-look', [], [smallButton('scales.look'), answer], act);
}

function useForm({ code }, done) {
    const act = async () => {
        keep('scale', code);
        await done(t('scales.is_mine', { code }));
    };
    return form('scale-use', [], [smallButton('scales.use')], act);
}

function removeTool({ code }, done) {
    const key = newKey();
    const act = async () => {
        await send('POST', path(code, 'removal'), undefined, { key });
        await done(t('printers.removed', { code }));
    };
    return tool('printers.remove', [], 'btn-stop', act, { say: 'printers.do_remove' });
}

function addTool(added) {
    const plain = (name, attributes, options) => field(name, `scales.${name}`, textInput('', { spellcheck: 'false', autocapitalize: 'none', ...attributes }), options);
    const code = plain('code', { maxlength: '40' }, { needed: true, help: 'scales.code_help' });
    const name = plain('name', { maxlength: '120' });
    const uri = plain('uri', { maxlength: '300', inputmode: 'url' }, { needed: true, help: 'scales.uri_help' });
    const protocol = field('protocol', 'scales.protocol', selectInput('', [['', t('next.choose')], ...PROTOCOLS.map((one) => [one, t(`scales.speaks_${one.replace('-', '_')}`)])]), { needed: true });
    const unit = field('unit', 'scales.unit', selectInput('g', UNITS.map((one) => [one, unitText(one)])), { help: 'scales.unit_help' });
    const weights = ['capacity_mg', 'resolution_mg', 'minimum_mg'].map((one) => plain(one, { maxlength: '20' }, { needed: one !== 'minimum_mg', help: `scales.${one}_help` }));
    const asks = tickField('asks', 'scales.asks', true);
    const key = newKey();
    const act = async () => {
        const wanted = { ...said([code, name, uri, protocol, unit]), asks: asks.input.checked };
        for (const one of weights) if (one.input.value.trim()) wanted[one.name] = await amountIn(one, { unit: 'mg' });
        await send('POST', '/api/v1/scales', wanted, { key });
        await added(t('scales.added', { code: wanted.code }));
    };
    return tool('scales.add', [code, name, uri, protocol, unit, ...weights, asks], 'btn-main', act, { say: 'printers.do_add' });
}
