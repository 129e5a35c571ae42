// A dry run: whose findings would change, patient by patient.

import { el, icon } from '/dom.js';
import { t } from '/i18n.js';
import { severityBadge, SEVERITIES } from '/parts/findings.js';
import { stackTable } from '/parts/pieces.js';
import { orderLink } from '/parts/trace_pieces.js';

// The answer of the service as a sentence and a table.
export function effectsTable(effects) {
    return el(
        'div',
        { class: 'effects', role: 'status' },
        el('p', { class: 'strong' }, summary(effects)),
        effects.rows.length > 0 && table(effects.rows),
        effects.more && el('p', { class: 'quiet' }, t('effects.more', { n: effects.rows.length })),
    );
}

function summary({ prescriptions, changed, raised = 0, gone = 0, severity_changed: severity = 0 }) {
    if (!prescriptions) return t('effects.nobody');
    if (!changed) return t('effects.none', { all: prescriptions });
    return t('effects.summary', { n: changed, all: prescriptions, raised, gone, severity });
}

function table(rows) {
    const heads = ['effects.patient', 'effects.change', 'effects.what', ['effects.effect', 'wide-only']];
    return stackTable('effects-table', heads, rows.map(effectRow));
}

function effectRow(row) {
    return el(
        'tr',
        { 'data-change': row.change },
        el(
            'th',
            { scope: 'row' },
            row.patient_code,
            ' ',
            el(
                'span',
                { class: 'quiet' },
                row.order_id ? orderLink(row.order_id, `${t('orders.one')} #${row.order_id}`) : t('effects.prescription', { id: row.prescription_id }),
            ),
        ),
        el('td', null, change(row)),
        el('td', null, [row.subject, row.object].filter(Boolean).join(' × ')),
        el('td', { class: 'wide-only', lang: 'en' }, row.effect),
    );
}

function change({ change: what, severity_before: before, severity_after: after }) {
    const graver = SEVERITIES.indexOf(after) < SEVERITIES.indexOf(before);
    return el(
        'span',
        { class: 'effect-change' },
        el('span', null, t(`effects.${what === 'severity' ? (graver ? 'graver' : 'milder') : what}`)),
        before && severityBadge(before),
        before && after && icon('chevron'),
        after && severityBadge(after),
    );
}
