// This workstation: its name, the printer it uses, the scale it reads and the register it is. The name, the scale and the register are
// kept in the browser, because they belong to the table the browser stands on; which printer a workstation uses is the shop's to know.

import { send } from '/api.js';
import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { field, form, selectInput, textInput } from '/parts/form.js';

const KEPT_AS = { station: 'yaofang.station', scale: 'yaofang.scale', register: 'yaofang.register' };
const forgotten = {};

// Storage may be blocked: then the choice lasts as long as the page.
export function kept(what) {
    try {
        return localStorage.getItem(KEPT_AS[what]) ?? forgotten[what] ?? '';
    } catch {
        return forgotten[what] ?? '';
    }
}

export function keep(what, value) {
    forgotten[what] = value;
    try {
        localStorage.setItem(KEPT_AS[what], value);
    } catch {
        // As above.
    }
}

// The printer this workstation uses for a kind of paper, or undefined. rows: of station-printers.
export function printerOf(rows, kind) {
    const mine = rows.filter((row) => row.station === kept('station') && !row.removed);
    return (mine.find((row) => row.kind === kind) ?? mine.find((row) => row.kind === ''))?.printer;
}

// The form to say where this workstation prints, one kind of paper or everything; changed() after it was said.
export function stationForm(printers, current, changed, kind) {
    const station = field('station', 'station.name', textInput(kept('station') || t('station.first'), { maxlength: '40' }), {
        needed: true,
        help: 'station.help',
    });
    const choices = printers.map((one) => [one.code, [one.name || one.code, paperOf(one)].filter(Boolean).join(' · ')]);
    const printer = field('printer', 'station.printer', selectInput(current, choices), { needed: true });
    const button = el('button', { type: 'submit', class: 'btn btn-quiet btn-small' }, t('station.save'));
    const act = async () => {
        const name = station.input.value.trim();
        await send('PUT', `/api/v1/station-printers/${encodeURIComponent(name)}`, { printer: printer.input.value, ...(kind && { kind }) });
        keep('station', name);
        await changed();
    };
    return el(
        'details',
        { class: 'rest', open: !current },
        el('summary', null, icon('chevron'), current ? t('station.prints_on', { printer: current, station: kept('station') }) : t('station.choose')),
        form('decide-rule', [station, printer], [button], act, el('div', { class: 'form-grid' }, station.node, printer.node)),
    );
}

const mm = (um) => um / 1000;

export const paperOf = ({ media_width_um: width, media_height_um: height }) =>
    width && (height ? `${mm(width)} × ${mm(height)} mm` : t('station.roll', { mm: mm(width) }));
