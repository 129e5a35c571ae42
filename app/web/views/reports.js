// The reports a person may have: each with what it shows and what it asks, saved as a workbook, CSV or JSON.

import { download, get, newKey } from '/api.js';
import { el, freshId, icon, replace } from '/dom.js';
import { t, word } from '/i18n.js';
import { explain } from '/parts/states.js';
import { aboutOf, every, save, sideTabs, titleOf } from '/parts/tables.js';

const FORMATS = [
    ['xlsx', 'tables.xlsx'],
    ['csv', 'tables.csv'],
    ['json', 'tables.json'],
];
const INPUTS = { date: 'date', integer: 'number', text: 'text' };

export async function viewReports(_, signal) {
    const { rows } = await get('/api/v1/reports', { signal });
    return {
        title: t('tables.title'),
        node: el(
            'div',
            { class: 'browse' },
            el(
                'div',
                { class: 'page-head' },
                el('div', null, el('h1', null, t('tables.title')), el('p', { class: 'lead' }, t('tables.out_lead'))),
                sideTabs('#/tables'),
            ),
            el(
                'ul',
                { class: 'reports' },
                rows.filter((row) => row.allowed).map((row) => reportCard(row, signal)),
            ),
        ),
    };
}

function reportCard(report, signal) {
    const message = el('p', { class: 'report-message', role: 'status' });
    const fields = report.parameters.map(parameterField);
    const buttons = FORMATS.map(([format, key]) =>
        el(
            'button',
            {
                type: 'submit',
                class: format === 'xlsx' ? 'btn btn-main btn-small' : 'btn btn-quiet btn-small',
                value: format,
            },
            format === 'xlsx' && icon('sheet'),
            t(key),
        ),
    );
    const make = async (event) => {
        event.preventDefault();
        const format = event.submitter?.value ?? 'xlsx';
        for (const button of buttons) button.disabled = true;
        try {
            await fetchReport(report, fields, format, message, signal);
        } finally {
            for (const button of buttons) button.disabled = false;
        }
    };
    return el(
        'li',
        null,
        el(
            'form',
            { class: 'report card-box', 'data-report': report.name, on: { submit: make } },
            el('h2', null, titleOf('report', report)),
            el('p', { class: 'quiet' }, aboutOf('report', report)),
            fields.length > 0 &&
                el(
                    'div',
                    { class: 'report-fields' },
                    fields.map(({ node }) => node),
                ),
            el('div', { class: 'report-buttons' }, buttons),
            message,
        ),
    );
}

function parameterField(parameter) {
    const id = freshId('parameter');
    const input = el('input', {
        id,
        type: INPUTS[parameter.kind],
        class: 'form-control report-input',
        min: parameter.kind === 'integer' ? '0' : null,
        title: parameter.meaning,
        autocomplete: 'off',
    });
    return {
        name: parameter.name,
        input,
        node: el(
            'div',
            { class: `report-field kind-${parameter.kind}` },
            el('label', { for: id }, word('parameter', parameter.name)),
            input,
        ),
    };
}

async function fetchReport(report, fields, format, message, signal) {
    const asked = new URLSearchParams({ format });
    const key = newKey();
    const stop = every(700, async (stopped) => {
        const now = await get(`/api/v1/report-progress/${key}`, { signal });
        if (!stopped()) replace(message, t('tables.progress', { sheet: now.sheet, n: now.rows_of_all.toLocaleString() }));
    });

    for (const { name, input } of fields) if (input.value.trim()) asked.set(name, input.value.trim());
    message.className = 'report-message';
    replace(message, t('tables.making'));
    asked.set('progress', key);
    try {
        const file = await download(`/api/v1/reports/${report.name}?${asked}`, { signal });
        stop();
        save(file, `${report.name}.${format}`);
        replace(message, t('tables.made', { name: `${report.name}.${format}` }));
    } catch (problem) {
        stop();
        if (signal.aborted) return;
        message.className = 'report-message form-message';
        replace(message, problem.errors?.length ? sayErrors(problem) : explain(problem));
    }
}

const sayErrors = (problem) =>
    problem.errors.map(({ field, value, rule }) => el('span', { class: 'report-error' }, [field, value && `“${value}”`, rule].filter(Boolean).join(': ')));
