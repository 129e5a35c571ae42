// What can be done with a whole count: its sheet on paper or as a workbook, the way back in, its differences, and ending it.

import { get, send } from '/api.js';
import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { may } from '/session.js';
import { sureButton } from '/parts/count_words.js';
import { field, form, selectInput } from '/parts/form.js';
import { explain } from '/parts/states.js';
import { printerOf } from '/parts/station.js';

const PRINTING_MS = 120_000;

export function countTools(c) {
    const open = c.count.state === 'open';
    const sheet = `${c.path}/sheet`;
    const differences = `#/counts/${c.count.id}/differences`;
    return el(
        'div',
        { class: 'papers count-tools' },
        may('pharmacist', 'admin') && el('a', { class: 'btn btn-quiet btn-small', href: differences }, icon('scale'), t('count.differences')),
        el('a', { class: 'btn btn-quiet btn-small', href: `${sheet}?format=pdf`, download: '' }, icon('download'), t('count.sheet_paper')),
        el('a', { class: 'btn btn-quiet btn-small', href: `${sheet}?format=xlsx`, download: '' }, icon('sheet'), t('count.sheet_book')),
        open && el('a', { class: 'btn btn-quiet btn-small', href: '#/tables/in' }, icon('upload'), t('count.sheet_in')),
        open && c.printers.length > 0 && printTool(c),
        open && sureButton('count.cancel', 'count.cancel_sure', 'btn-quiet btn-small', () => cancel(c), explain),
    );
}

async function cancel(c) {
    await send('POST', `${c.path}/cancel`);
    await c.read();
    c.draw();
}

// On a printer that is chosen: first the one this workstation uses for such sheets.
function printTool(c) {
    const printer = field('printer', 'station.printer', selectInput(c.printer, c.printers.map((one) => [one.code, one.name || one.code])), { needed: true });
    const said = el('p', { class: 'quiet', role: 'status' });
    const act = async () => {
        said.textContent = t('label.printing');
        try {
            const wish = { papers: [{ count_id: c.count.id }], printer: printer.input.value };
            const job = await send('POST', '/api/v1/print-jobs', wish, { waitMs: PRINTING_MS });
            const sent = await send('POST', `/api/v1/print-jobs/${job.id}/sending`, undefined, { waitMs: PRINTING_MS });
            said.textContent = t('count.sheet_printed', { printer: sent.printer });
        } catch (problem) {
            said.textContent = '';
            throw problem;
        }
    };
    const button = el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('count.sheet_print'));
    return el(
        'details',
        { class: 'rest stop-tool' },
        el('summary', null, icon('print'), t('count.sheet_print')),
        form('decide-rule', [printer], [button], act, el('div', { class: 'form-grid' }, printer.node), said),
    );
}

// The shop's printers, and the one this workstation would use.
export async function readPrinters(signal) {
    if (!may('pharmacist', 'staff')) return { printers: [], printer: '' };
    const [{ rows: printers }, { rows: stations }] = await Promise.all([get('/api/v1/printers', { signal }), get('/api/v1/station-printers', { signal })]);
    return { printers, printer: printerOf(stations, 'count-sheet') ?? '' };
}
