// One recall: its clock and figures, whom to call with a number and one press for what came of it, the lots with where they lie and
// where all of each went, and its end.

import { get, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t } from '/i18n.js';
import { about, readWhen } from '/live.js';
import { may } from '/session.js';
import { field, said, textArea } from '/parts/form.js';
import { factList, section } from '/parts/monograph.js';
import { tool } from '/parts/order_stops.js';
import { fresh, thingHead, trail } from '/parts/pieces.js';
import { callList, isReached } from '/parts/recall_calls.js';
import { lotTable } from '/parts/recall_lots.js';
import { every } from '/parts/tables.js';
import { permilleText, secondsText, stateTag } from '/views/recalls.js';

const TARGET_S = 60; // patients found in a minute is what the shop promises

export async function viewRecall({ id }, signal) {
    const path = `/api/v1/recalls/${encodeURIComponent(id)}`;
    const node = el('div', { class: 'recall-body' });
    const r = { path, clock: el('span', { class: 'recall-clock' }), said: '' };
    const shown = fresh(
        node,
        () => get(path, { signal }),
        (found) => {
            r.found = found;
            replace(node, page(r));
            tick(r);
        },
    );
    r.read = shown.read;
    const { recall } = await shown.read();

    readWhen(['lot', 'stock', 'order', 'change'], shown.readUnlessWriting, signal, about('recall', recall.id));
    signal.addEventListener('abort', every(1000, async () => tick(r)), { once: true });
    return { title: titleOf(recall), node: el('div', { class: 'browse' }, node) };
}

const titleOf = ({ id, mock }) => t(mock ? 'recall.title_mock' : 'recall.title', { id });

function page(r) {
    const { recall, patients } = r.found;
    return el(
        'article',
        { class: 'monograph recall' },
        trail('nav.recalls', '#/recalls', `#${recall.id}`),
        thingHead(el('h1', null, titleOf(recall), ' ', stateTag(recall)), el('p', { class: 'monograph-third' }, recall.reason), papers(recall)),
        standing(recall),
        figures(r),
        section('recall.calls', callList(r, patients)),
        section('recall.lots', lotTable(recall)),
        !recall.ended_at && may('pharmacist') && endTool(r),
    );
}

function standing(recall) {
    if (recall.ended_at)
        return el('p', { class: 'bench-accepted', role: 'note' }, icon('check'), ' ', t('recall.ended_by', { name: recall.ended_by ?? '–', when: clock(new Date(recall.ended_at)), note: recall.ended_note }));
    return recall.mock
        ? el('p', { class: 'next-why', role: 'note' }, icon('eye'), ' ', t('recall.is_mock'))
        : el('p', { class: 'form-message', role: 'note' }, icon('contraindicated'), ' ', t('recall.is_real'));
}

function papers(recall) {
    const book = `/api/v1/reports/recall-call-list?${new URLSearchParams({ recall: recall.id, format: 'xlsx' })}`;
    return [
        el('a', { class: 'btn btn-quiet', href: book, download: `recall-${recall.id}.xlsx` }, icon('sheet'), t('recall.workbook')),
        el('button', { type: 'button', class: 'btn btn-quiet', on: { click: () => print() } }, icon('print'), t('recall.print')),
    ];
}

function figures({ clock: running, found: { recall, patients } }) {
    const known = patients.filter(({ patient_id: id }) => id !== null);
    const target = t('recall.target', { target: secondsText(TARGET_S) });
    const within = recall.seconds !== null && Number(recall.seconds) <= TARGET_S;
    return factList(
        [
            [recall.ended_at ? 'recall.took' : 'recall.clock', running],
            [
                'recall.listed',
                recall.seconds !== null && [
                    secondsText(recall.seconds),
                    ' ',
                    el('span', { class: within ? 'tag tag-high' : 'tag tag-stop' }, t(within ? 'recall.within' : 'recall.missed')),
                    el('span', { class: 'row-below' }, target),
                ],
            ],
            ['recall.accounted', [permilleText(recall.accounted_permille), el('span', { class: 'row-below' }, t('recall.target', { target: permilleText(1000) }))]],
            ['recall.people', known.length > 0 && t('recall.reached', { n: known.filter(isReached).length, all: known.length })],
            ['recall.started', [recall.started_by, clock(new Date(recall.started_at))].filter(Boolean).join(' · ')],
        ],
        'property-strip',
    );
}

// "1:02:07" since it began, or from its beginning to its end.
function tick({ clock: place, found: { recall } }) {
    const until = recall.ended_at ? new Date(recall.ended_at) : new Date();
    const seconds = Math.max(0, Math.floor((until - new Date(recall.started_at)) / 1000));
    const two = (n) => String(n).padStart(2, '0');
    const hours = Math.floor(seconds / 3600);
    place.textContent = `${hours ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function endTool(r) {
    const fields = [field('reason', 'recalls.reason', textArea('', { maxlength: '500' }), { needed: true, wide: true, help: 'recall.end_about' })];
    return tool('recall.end', fields, 'btn-quiet', async () => {
        await send('POST', `${r.path}/end`, said(fields));
        await r.read();
    });
}
