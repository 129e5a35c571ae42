// Labels for what stands on the shelf: a picture of the first, and printing all of them on this workstation's printer, or as a file.

import { get, newKey, Problem, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { field, form, textInput } from '/parts/form.js';
import { labelPicture } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { printerOf, stationForm } from '/parts/station.js';
import { ofOneLine } from '/parts/stock_pieces.js';

const PRINTING_MS = 60_000;

// papers: as a print job takes them, without copies; `label`: the address of the one that is shown; `all`: of all of them in a file called
// `name`.
export function shelfLabels(papers, label, name, all = label) {
    const place = el('div', { class: 'label-panel' });
    const draw = async (said) => {
        const [printers, stations] = await Promise.all([get('/api/v1/printers'), get('/api/v1/station-printers')]);
        const printer = printerOf(stations.rows, 'lot');
        replace(
            place,
            labelPicture(`${label}?format=png`, t('shelf.picture')),
            printForm(papers, printer, said, draw),
            el('p', null, el('a', { class: 'btn btn-quiet btn-small', href: `${all}${all.includes('?') ? '&' : '?'}format=pdf`, download: `${name}.pdf` }, icon('download'), t('shelf.file'))),
            printers.rows.length > 0 ? stationForm(printers.rows, printer, () => draw()) : el('p', { class: 'quiet' }, t('label.no_printer')),
        );
    };

    draw().catch((problem) => place.append(el('p', { class: 'form-message' }, explain(problem))));
    return place;
}

function printForm(papers, printer, said, draw) {
    if (!printer) return null;
    const copies = field('copies', 'shelf.copies', textInput('1', { inputmode: 'numeric', maxlength: '2' }), { needed: true });
    const button = el('button', { type: 'submit', class: 'btn btn-main btn-small' }, icon('print'), t('label.print_on', { printer }));
    const key = newKey();
    const act = async () => {
        const typed = copies.input.value.trim();
        if (!/^[1-9]\d?$/.test(typed)) throw new Problem(422, { errors: [{ field: 'copies', value: typed, rule: t('shelf.copies_rule') }] });
        const wanted = papers.map((paper) => ({ ...paper, copies: Number(typed) }));
        const job = await ofOneLine(() => send('POST', '/api/v1/print-jobs', { papers: wanted, printer }, { key, waitMs: PRINTING_MS }));
        const sent = await send('POST', `/api/v1/print-jobs/${job.id}/sending`, undefined, { waitMs: PRINTING_MS });
        await draw(t('shelf.sent', { printer: sent.printer, n: sent.papers_out }));
    };
    return form('next-form', [copies], [button], act, copies.node, said && el('p', { class: 'label-said', role: 'status' }, said));
}
