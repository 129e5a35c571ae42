// The shop's printers: which there are and whether they print, which one each workstation uses, what did not come out, and for
// administrators, a printer more or less.

import { get, newKey, send } from '/api.js';
import { el, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { ruleText } from '/rules.js';
import { may } from '/session.js';
import { searchField } from '/parts/filters.js';
import { field, form, said, selectInput, textInput, wrongAt } from '/parts/form.js';
import { section } from '/parts/monograph.js';
import { tool } from '/parts/order_stops.js';
import { fresh, pageHead } from '/parts/pieces.js';
import { plainly } from '/parts/scan_box.js';
import { explain } from '/parts/states.js';
import { paperOf, printerOf, stationForm } from '/parts/station.js';
import { doneNote, stockTable } from '/parts/stock_pieces.js';

const PRINTING_MS = 60_000;
const NARROW_AFTER_MS = 80;
const FAILED_MOST = 20;
const FORMATS = ['pdf', 'zpl', 'escpos'];
const KINDS = ['', 'patient', 'herb', 'sticker', 'information', 'cook-sheet', 'weigh-sheet', 'record', 'prescription', 'lot', 'drawer', 'receipt', 'count-sheet'];
const STATES = { sent: 'tag tag-high', failed: 'tag tag-stop', queued: 'tag tag-warn', sending: 'tag tag-warn' };
const kept = { q: '' };

const kindText = (kind) => t(`printers.kind_${kind.replaceAll('-', '_') || 'rest'}`);
const plainName = ({ code, name }) => (name && name !== code ? name : code);

export async function viewPrinters(_, signal) {
    if (!may('pharmacist', 'staff', 'admin')) return { title: t('printers.title'), node: el('div', { class: 'browse keeping' }, pageHead('printers.title'), el('p', { class: 'empty' }, t('printers.not_yours'))) };
    const note = doneNote();
    const body = el('div');
    const ask = async () => {
        const [printers, stations, failed] = await Promise.all([get('/api/v1/printers', { signal }), get('/api/v1/station-printers', { signal }), get(`/api/v1/print-jobs?state=failed&limit=${FAILED_MOST}`, { signal })]);
        return { printers: printers.rows, stations: stations.rows, failed: failed.rows };
    };
    const shown = fresh(body, ask, (found) => replace(body, page(found, done)));
    const done = async (text, how) => {
        await shown.read();
        note.say(text, how);
    };
    const adding = el('div');
    const offer = () => replace(adding, may('admin') ? addTool(added) : el('p', { class: 'quiet' }, t('printers.ask_admin')));
    const added = async (text) => {
        offer();
        await done(text);
    };

    await shown.read();
    offer();
    return { title: t('printers.title'), node: el('div', { class: 'browse keeping' }, pageHead('printers.title', 'printers.lead'), note.node, adding, body) };
}

function page({ printers, stations, failed }, done) {
    const list = el('div');
    const draw = () => replace(list, listed(printers, stations, done));
    draw();
    return [
        printers.length > 1 && el('div', { class: 'browse-tools' }, searchField('printers.search', kept, 'q', draw, { afterMs: NARROW_AFTER_MS })),
        list,
        failed.length > 0 && section('printers.failed', el('ul', { class: 'corrections' }, failed.map((job) => failedRow(job, done)))),
        printers.length > 0 && section('printers.stations', stationTable(stations), stationForm(printers, printerOf(stations, ''), () => done(t('printers.chosen'))), assignTool(printers, done)),
    ];
}

function listed(printers, stations, done) {
    if (!printers.length) return el('p', { class: 'empty' }, t(may('admin') ? 'printers.none_yet' : 'printers.none'));
    const wanted = kept.q.trim().toLowerCase();
    const found = printers.filter((one) => [one.code, one.name, one.uri, one.stations].join('|').toLowerCase().includes(wanted));
    if (!found.length) return el('p', { class: 'empty' }, t('printers.no_match'));
    return el('ul', { class: 'corrections' }, found.map((one) => printerRow(one, stations.filter(({ printer, removed }) => printer === one.code && !removed), done)));
}

function printerRow(one, uses, done) {
    return el(
        'li',
        { class: 'card-box printer', 'data-printer': one.code },
        el('p', null, el('span', { class: 'strong' }, plainName(one)), ' ', plainName(one) !== one.code && el('span', { class: 'lot-code' }, one.code), ' ', stateTag(one.last_state)),
        el('p', { class: 'quiet printer-where' }, [one.uri, t(`printers.takes_${one.format}`), t('printers.dots', { n: one.dpi }), paperOf(one)].filter(Boolean).join(' · ')),
        one.last_state && el('p', { class: one.last_state === 'failed' ? 'form-message' : 'quiet' }, [ruleText(one.last_reason), clock(new Date(one.last_at))].filter(Boolean).join(' · ')),
        el('p', { class: 'quiet' }, uses.length ? uses.map(({ station, kind }) => `${station}: ${kindText(kind)}`).join(' · ') : t('printers.nobody_uses')),
        testForm(one, done),
        may('admin') && removeTool(one, uses, done),
    );
}

const stateTag = (state) => el('span', { class: STATES[state] ?? 'tag' }, t(`printers.state_${state || 'none'}`));

// Sends what waits; what became of it, and whether that is bad. A printer that does not answer is news of that printer, not a failure of the page.
async function sent(job) {
    try {
        const { state, reason } = await send('POST', `/api/v1/print-jobs/${job.id}/sending`, undefined, { waitMs: PRINTING_MS });
        return { text: [t(`printers.state_${state}`), ruleText(reason)].filter(Boolean).join(': '), bad: state === 'failed' };
    } catch (problem) {
        return { text: `${t('printers.state_failed')}: ${plainly(problem, explain)}`, bad: true };
    }
}

function testForm({ code }, done) {
    let key = newKey();
    const act = async () => {
        const job = await send('POST', '/api/v1/print-jobs', { label: 'test', printer: code }, { key, waitMs: PRINTING_MS });
        key = newKey();
        const { text, bad } = await sent(job);
        await done(`${t('printers.test_of', { code })} ${text}`, { bad });
    };
    return form('printer-test', [], [el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('printers.test'))], act);
}

function removeTool({ code }, uses, done) {
    const key = newKey();
    const act = async () => {
        await send('POST', `/api/v1/printers/${encodeURIComponent(code)}/removal`, undefined, { key });
        await done(t('printers.removed', { code }));
    };
    return tool('printers.remove', [], 'btn-stop', act, { say: 'printers.do_remove', about: uses.length > 0 && el('p', { class: 'quiet' }, t('printers.remove_about', { n: uses.length })) });
}

function addTool(done) {
    const code = field('code', 'printers.code', textInput('', { maxlength: '40', spellcheck: 'false', autocapitalize: 'none' }), { needed: true, help: 'printers.code_help' });
    const name = field('name', 'printers.name', textInput('', { maxlength: '120' }));
    const uri = field('uri', 'printers.uri', textInput('', { maxlength: '300', spellcheck: 'false', autocapitalize: 'none', inputmode: 'url' }), { needed: true, help: 'printers.uri_help' });
    const format = field('format', 'printers.format', selectInput('', [['', t('next.choose')], ...FORMATS.map((one) => [one, t(`printers.takes_${one}`)])]), { needed: true });
    const dpi = field('dpi', 'printers.dpi', textInput('203', { maxlength: '4', inputmode: 'numeric' }), { needed: true });
    const width = field('media_width_um', 'printers.width', textInput('', { maxlength: '7', inputmode: 'decimal' }), { help: 'printers.width_help' });
    const height = field('media_height_um', 'printers.height', textInput('', { maxlength: '7', inputmode: 'decimal' }), { help: 'printers.height_help' });
    const fields = [code, name, uri, format, dpi, width, height];
    const key = newKey();
    const act = async () => {
        const wanted = { ...said([code, name, uri, format]), dpi: wholeAt(dpi), ...micrometres(width), ...micrometres(height) };
        await send('POST', '/api/v1/printers', wanted, { key });
        await done(t('printers.added', { code: wanted.code }));
    };
    return tool('printers.add', fields, 'btn-main', act, { say: 'printers.do_add' });
}

function wholeAt(one) {
    const text = one.input.value.trim();
    if (!/^\d+$/.test(text)) throw wrongAt(one, t('form.no_whole'));
    return Number(text);
}

// Millimetres as typed, as the service wants them; nothing when nothing is said.
function micrometres(one) {
    const text = one.input.value.trim().replace(/\s*mm$/i, '');
    if (!text) return {};
    if (!/^\d+(?:[.,]\d+)?$/.test(text)) throw wrongAt(one, t('printers.no_mm'));
    return { [one.name]: Math.round(Number(text.replace(',', '.')) * 1000) };
}

function failedRow(job, done) {
    const act = async () => {
        const { text, bad } = await sent(job);
        await done(`${job.title}: ${text}`, { bad });
    };
    return el(
        'li',
        { class: 'card-box', 'data-job': job.id },
        el('p', null, el('span', { class: 'strong' }, job.title), ' · ', job.printer),
        el('p', { class: 'quiet' }, [ruleText(job.reason), job.made_by, clock(new Date(job.state_at))].filter(Boolean).join(' · ')),
        form('printer-test', [], [el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('printers.again'))], act),
    );
}

function stationTable(stations) {
    if (!stations.length) return el('p', { class: 'quiet' }, t('printers.no_stations'));
    return stockTable(['printers.station', 'printers.paper', 'station.printer'], stations, (row) => [
        { 'data-station': row.station },
        row.station,
        el('td', null, kindText(row.kind)),
        el('td', null, row.printer, row.removed && [' ', el('span', { class: 'tag tag-stop' }, t('printers.state_removed'))]),
    ]);
}

function assignTool(printers, done) {
    const station = field('station', 'printers.station', textInput('', { maxlength: '40' }), { needed: true, help: 'station.help' });
    const kind = field('kind', 'printers.paper', selectInput('', KINDS.map((one) => [one, kindText(one)])));
    const printer = field('printer', 'station.printer', selectInput('', [['', t('next.choose')], ...printers.map((one) => [one.code, plainName(one)])]), { needed: true });
    const key = newKey();
    const act = async () => {
        const name = station.input.value.trim();
        await send('PUT', `/api/v1/station-printers/${encodeURIComponent(name)}`, said([kind, printer]), { key });
        await done(t('printers.assigned', { station: name, kind: kindText(kind.input.value), printer: printer.input.value }));
    };
    return tool('printers.assign', [station, kind, printer], 'btn-main', act, { say: 'station.save' });
}
