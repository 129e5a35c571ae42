// The receipt of a paid sale: on this workstation's printer, or as a file; what the shop's rules ask for and it lacks is named, and wants
// a reason first.

import { download, get, newKey, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { form } from '/parts/form.js';
import { lintNode, overrideFields } from '/parts/order_label.js';
import { explain } from '/parts/states.js';
import { printerOf, stationForm } from '/parts/station.js';
import { save } from '/parts/tables.js';

const PRINTING_MS = 60_000;

export function receiptPanel(ticket) {
    const place = el('div', { class: 'counter-receipt' });
    const draw = async (said) => {
        const [lint, reasons, printers, stations] = await Promise.all([
            get(`/api/v1/tickets/${ticket.id}/paper-lint`),
            get('/api/v1/label-override-reasons'),
            get('/api/v1/printers'),
            get('/api/v1/station-printers'),
        ]);
        const printer = printerOf(stations.rows, 'receipt');
        replace(
            place,
            el('h2', null, t('counter.receipt')),
            lint.blocking > 0 && lintNode(lint),
            printForm(ticket, printer, overrideFields(lint, reasons.rows), said, draw),
            printers.rows.length > 0 ? stationForm(printers.rows, printer, () => draw(), 'receipt') : el('p', { class: 'quiet' }, t('label.no_printer')),
        );
    };

    draw().catch((problem) => place.append(el('p', { class: 'form-message' }, explain(problem))));
    return place;
}

function printForm(ticket, printer, fields, said, draw) {
    const key = newKey();
    let way = printer ? 'printer' : 'file';
    const button = (one, words, picture) => el('button', { type: 'submit', class: 'btn btn-quiet', on: { click: () => (way = one) } }, icon(picture), words);
    const act = async () => {
        const override = fields.length > 0 && { reason: fields[0].input.value, note: fields[1].input.value.trim() };
        await draw(way === 'file' ? await asFile(ticket, override) : await onPaper(ticket, printer, override, key));
    };
    return form(
        'next-form',
        fields,
        [printer && button('printer', t('label.print_on', { printer }), 'print'), button('file', t('label.file'), 'download')],
        act,
        el('div', { class: 'form-grid' }, fields.map(({ node }) => node)),
        said && el('p', { class: 'label-said', role: 'status' }, said),
    );
}

// The same request again, should its answer be lost, prints once.
async function onPaper(ticket, printer, override, key) {
    const papers = [{ kind: 'receipt', ticket_id: ticket.id, ...(override && { override }) }];
    const job = await send('POST', '/api/v1/print-jobs', { papers, printer }, { key, waitMs: PRINTING_MS });
    await send('POST', `/api/v1/print-jobs/${job.id}/sending`, undefined, { waitMs: PRINTING_MS });
    return t('counter.printed', { printer });
}

async function asFile(ticket, override) {
    if (override) await send('POST', `/api/v1/tickets/${ticket.id}/paper-overrides`, override);
    save(await download(`/api/v1/tickets/${ticket.id}/paper?format=pdf`), `receipt-${ticket.receipt_no}.pdf`);
    return t('counter.saved');
}
