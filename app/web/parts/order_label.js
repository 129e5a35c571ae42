// An order's labels and sheets: how they will look, what the law wants of them and where they lack it, and printing them on this
// workstation's printer or as a file. Every copy is counted and says which it is.

import { download, get, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { may } from '/session.js';
import { field, form, selectInput, textArea } from '/parts/form.js';
import { labelPicture, offerFocus } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { printerOf, stationForm } from '/parts/station.js';
import { save } from '/parts/tables.js';

const KINDS = ['patient', 'herb', 'sticker', 'information', 'cook-sheet', 'weigh-sheet', 'record'];
const PRINTING_MS = 60_000;

// Outlives a redraw: the kind chosen, and what was said of the last copy of an order.
const chosen = { kind: 'patient', said: {} };

// Fills itself; `changed` reads the order anew after a copy was counted.
export function labelPanel({ order, bench }, changed) {
    const place = el('div', { class: 'label-panel' });
    const draw = async () => {
        const kind = chosen.kind;
        const [lint, reasons, printers, stations] = await Promise.all([
            get(`/api/v1/orders/${order.id}/label-lint?kind=${kind}`),
            get('/api/v1/label-override-reasons'),
            may('pharmacist', 'staff') ? get('/api/v1/printers') : { rows: [] },
            may('pharmacist', 'staff') ? get('/api/v1/station-printers') : { rows: [] },
        ]);
        const known = { kind, lint, reasons: reasons.rows, printers: printers.rows, printer: printerOf(stations.rows, kind) };
        replace(place, kindChoice(draw), panel(order, bench, known, draw, changed));
        offerFocus(place);
    };

    draw().catch((problem) => place.append(el('p', { class: 'form-message' }, explain(problem))));
    return place;
}

function kindChoice(draw) {
    const select = selectInput(chosen.kind, KINDS.map((kind) => [kind, word('label_kind', kind)]));
    const one = field('kind', 'label.kind', select);
    select.addEventListener('change', () => {
        chosen.kind = select.value;
        draw().catch(() => {});
    });
    return one.node;
}

function panel(order, bench, known, draw, changed) {
    return el(
        'div',
        { class: 'label-columns' },
        labelPicture(`/api/v1/orders/${order.id}/label?kind=${known.kind}&format=png`, t('orders.label_alt', { id: order.id })),
        el(
            'div',
            { class: 'label-tools' },
            lintNode(known.lint),
            isReady(order, known.kind) ? may('pharmacist', 'staff') && printForm(order, bench, known, changed) : el('p', { class: 'quiet' }, t('label.not_yet')),
            may('pharmacist', 'staff') && known.printers.length > 0 && stationForm(known.printers, known.printer, draw),
        ),
    );
}

// What goes to the patient is printed once everything is weighed; before that it is looked at.
const isReady = ({ state }, kind) => kind === 'weigh-sheet' || ['weighed', 'checked', 'handed_over'].includes(state);

// What the profile in force asks for and the label lacks, clause by clause; the rest on demand.
export function lintNode({ profile, document, blocking, findings }) {
    if (!profile) return el('p', { class: 'quiet' }, t('label.no_profile'));
    const lacking = findings.filter(({ outcome, overridden }) => overridden || !['present', 'not due here'].includes(outcome));
    const rest = findings.filter((one) => !lacking.includes(one));
    return el(
        'div',
        { class: 'lint' },
        el(
            'p',
            { class: blocking ? 'lint-head lint-stop' : 'lint-head' },
            icon(blocking ? 'contraindicated' : 'check'),
            blocking ? t('label.blocked', { n: blocking }) : t('label.lawful'),
            el('span', { class: 'quiet' }, [profile, document && word('document', document)].filter(Boolean).join(' · ')),
        ),
        lacking.length > 0 && el('ul', { class: 'lint-list' }, lacking.map(lintRow)),
        rest.length > 0 &&
            el(
                'details',
                { class: 'rest' },
                el('summary', null, icon('chevron'), t('label.rest', { n: rest.length })),
                el('ul', { class: 'lint-list' }, rest.map(lintRow)),
            ),
    );
}

function lintRow({ field: name, english, outcome, clause, verified, blocks, overridden, requirement }) {
    return el(
        'li',
        { class: blocks && !overridden ? 'lint-row lint-stop' : 'lint-row', 'data-field': name },
        el('span', { class: 'strong' }, word('label_field', name) === name.replaceAll('_', ' ') ? english : word('label_field', name)),
        ' ',
        el('span', { class: blocks && !overridden ? 'tag tag-stop' : 'tag' }, word('lint', outcome.replaceAll(' ', '_'))),
        el('span', { class: 'row-below' }, [word('requirement', requirement), clause, verified === 'draft' && !clause.includes('draft') && t('label.draft')].filter(Boolean).join(' · ')),
        overridden && el('span', { class: 'row-below' }, t('label.overridden', { why: overridden })),
    );
}

// What lets a paper through without what the law misses: a reason and a note, or nothing where nothing is missing.
export const overrideFields = (lint, reasons) =>
    lint.blocking
        ? [
              field('reason', 'label.override_reason', selectInput('', reasonChoices(reasons)), { needed: true }),
              field('note', 'label.override_note', textArea(''), { needed: true, wide: true }),
          ]
        : [];

// Printing, and beside it the file for who has no printer. What the law misses wants a reason first.
function printForm(order, bench, known, changed) {
    const fields = overrideFields(known.lint, known.reasons);
    const said = el('p', { class: 'label-said', role: 'status' }, chosen.said[order.id]);
    const copies = known.kind === 'patient' && bench.labelled ? bench.label_copies : 0;
    const onPrinter = known.printer && printButton('printer', copies ? 'label.reprint_on' : 'label.print_on', { printer: known.printer });
    const asFile = printButton(known.printer ? '' : 'file', copies ? 'label.file_again' : 'label.file', {});
    asFile.value = 'file';
    let way = 'printer';
    for (const button of [onPrinter, asFile]) button?.addEventListener('click', () => (way = button.value));

    const act = async () => {
        const override = fields.length && { reason: fields[0].input.value, note: fields[1].input.value.trim() };
        said.textContent = t('label.printing');
        try {
            chosen.said = { [order.id]: way === 'file' ? await asPdf(order, known.kind, override) : await onPaper(order, known, override) };
        } catch (problem) {
            said.textContent = '';
            throw problem;
        }
        await changed();
    };
    return form(
        'next-form',
        fields,
        [onPrinter, asFile].filter(Boolean),
        act,
        copies > 0 && el('p', { class: 'quiet' }, t('label.copies', { n: copies })),
        el('div', { class: 'form-grid' }, fields.map(({ node }) => node)),
        !known.printers.length && el('p', { class: 'quiet' }, t('label.no_printer')),
        said,
    );
}

const reasonChoices = (rows) => [['', t('next.choose')], ...rows.map(({ code, english }) => [code, word('override', code) === code.replaceAll('_', ' ') ? english : word('override', code)])];

function printButton(way, key, values) {
    return el('button', { type: 'submit', class: `btn ${way ? 'btn-main next-go' : 'btn-quiet'}`, value: way }, icon(way === 'printer' ? 'print' : 'download'), t(key, values));
}

async function onPaper(order, known, override) {
    const wish = { label: known.kind, order_id: order.id, printer: known.printer, ...(override && { override }) };
    const job = await send('POST', '/api/v1/print-jobs', wish, { waitMs: PRINTING_MS });
    const sent = await send('POST', `/api/v1/print-jobs/${job.id}/sending`, undefined, { waitMs: PRINTING_MS });
    return t('label.sent', { printer: sent.printer, copy: sent.copy_no ?? 1 });
}

async function asPdf(order, kind, override) {
    const copy = await send('POST', `/api/v1/orders/${order.id}/labels`, { kind, ...(override && { override }) }, { waitMs: PRINTING_MS });
    const file = await download(`/api/v1/orders/${order.id}/label?kind=${kind}&format=pdf`);
    save(file, `${kind}-${order.id}-${copy.copy_no}.pdf`);
    return t('label.saved', { copy: copy.copy_no });
}
