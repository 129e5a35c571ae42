// Tables coming in: a kind, a file, what is wrong with it cell by cell or a button to take it in, and what came in so far.

import { download, get, newKey, send, upload } from '/api.js';
import { el, freshId, icon, replace } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { faultText, fieldText, ruleText } from '/rules.js';
import { explain } from '/parts/states.js';
import { aboutOf, every, save, sideTabs, titleOf } from '/parts/tables.js';

const SHOWN_MOST = 200;
const HEAD_CLASSES = { 'tables.rows': 'amount wide-only', 'tables.who': 'wide-only', 'tables.number': 'wide-only', 'tables.kind': 'wide-only' };

export async function viewImports(_, signal) {
    const [{ rows: kinds }, history] = await Promise.all([get('/api/v1/import-kinds', { signal }), makeHistory(signal)]);
    const allowed = kinds.filter((kind) => kind.allowed);
    return {
        title: t('tables.in'),
        node: el(
            'div',
            { class: 'browse' },
            el(
                'div',
                { class: 'page-head' },
                el('div', null, el('h1', null, t('tables.in')), el('p', { class: 'lead' }, t('tables.in_lead'))),
                sideTabs('#/tables/in'),
            ),
            allowed.length ? intake(allowed, history, signal) : el('p', { class: 'empty' }, t('tables.no_kinds')),
            el('section', { class: 'part' }, el('h2', null, t('tables.history')), history.node),
        ),
    };
}

// What came in so far, newest first; `read` shows it anew.
async function makeHistory(signal) {
    const node = el('div', { class: 'history' });
    const read = async () => {
        const { rows } = await get('/api/v1/imports', { signal });
        replace(node, rows.length ? historyTable(rows, read) : el('p', { class: 'empty' }, t('tables.none_yet')));
        return rows;
    };
    await read();
    return { node, read };
}

// Choosing kind and file. The result of the last file stands below.
function intake(kinds, history, signal) {
    const result = el('div', { class: 'intake-result', 'aria-live': 'polite' });
    const about = el('div', { class: 'intake-about' });
    const extras = el('div', { class: 'report-fields' });
    const select = el(
        'select',
        { class: 'select', id: freshId('kind'), on: { change: () => choose() } },
        kinds.map((kind) => el('option', { value: kind.name }, titleOf('import_kind', kind))),
    );
    const file = el('input', { type: 'file', class: 'form-control', id: freshId('file'), accept: '.xlsx,.csv,.txt', required: true });
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, icon('check'), t('tables.check'));
    let chosen, parameters;

    const choose = () => {
        chosen = kinds.find((kind) => kind.name === select.value) ?? kinds[0];
        parameters = chosen.parameters.map(parameterField);
        replace(
            about,
            el('p', { class: 'quiet' }, aboutOf('import_kind', chosen)),
            saveButton(`/api/v1/reports/${chosen.workbook}?format=xlsx`, `${chosen.workbook}.xlsx`, 'tables.workbook', icon('sheet')),
            columnsOf(chosen),
        );
        replace(
            extras,
            parameters.map(({ node }) => node),
        );
        replace(result);
    };
    const submit = async (event) => {
        event.preventDefault();
        if (!file.files.length) {
            replace(result, el('p', { class: 'form-message' }, t('tables.choose_file')));
            file.focus();
            return;
        }
        button.disabled = true;
        try {
            await checkFile(chosen, file.files[0], parameters, { result, history, signal });
        } finally {
            button.disabled = false;
        }
    };

    choose();
    return el(
        'form',
        { class: 'intake card-box', novalidate: true, on: { submit } },
        el(
            'div',
            { class: 'report-fields' },
            el('div', { class: 'report-field' }, el('label', { for: select.id }, t('tables.kind')), select),
            el('div', { class: 'report-field wide' }, el('label', { for: file.id }, t('tables.file')), file),
        ),
        extras,
        about,
        el('div', { class: 'report-buttons' }, button),
        result,
    );
}

function parameterField({ name, required, meaning }) {
    const id = freshId('setting');
    const input = el('input', { id, type: 'text', class: 'form-control report-input', title: meaning, required, autocomplete: 'off' });
    return {
        name,
        input,
        node: el(
            'div',
            { class: 'report-field' },
            el('label', { for: id }, word('parameter', name), required && ' *'),
            input,
        ),
    };
}

// Which columns a file may have, on demand.
function columnsOf(kind) {
    return el(
        'details',
        { class: 'columns-of' },
        el('summary', null, icon('chevron'), t('tables.columns')),
        kind.sheets.map((sheet) =>
            el(
                'div',
                null,
                kind.sheets.length > 1 && el('h3', null, sheet.sheet ?? sheet.name),
                el(
                    'ul',
                    { class: 'column-list' },
                    sheet.columns.map((column) =>
                        el(
                            'li',
                            null,
                            el('strong', null, column.name, column.required && ' *'),
                            ' ',
                            el('span', { class: 'quiet' }, [column.captions?.replaceAll('|', ', '), column.words?.replaceAll('|', ', ') ?? word('cell', column.kind)].filter(Boolean).join(' · ')),
                        ),
                    ),
                ),
            ),
        ),
    );
}

// A dry run: nothing of the shop changes. While the file is read, how far it is.
async function checkFile(kind, file, parameters, { result, history, signal }) {
    const asked = new URLSearchParams({ dry_run: 'true', file_name: file.name.slice(-200) });
    const waiting = el('p', { class: 'waiting' }, t('tables.checking', { name: file.name }));
    const stop = every(700, async (stopped) => {
        const { rows } = await get('/api/v1/imports', { signal });
        const mine = rows.find((row) => row.state === 'checking' && row.file_name === file.name);
        if (mine && !stopped())
            replace(waiting, t('tables.checking_rows', { name: file.name, n: mine.rows_done.toLocaleString() }));
    });

    for (const { name, input } of parameters) if (input.value.trim()) asked.set(name, input.value.trim());
    replace(result, waiting);
    try {
        const found = await upload(`/api/v1/imports/${kind.name}?${asked}`, file, { signal });
        stop();
        replace(result, ready(found, history, result));
    } catch (problem) {
        stop();
        if (signal.aborted) return;
        replace(result, refused(problem));
    }
    await history.read();
}

// Nothing is wrong: one press takes all of it in.
function ready(found, history, result) {
    const key = newKey();
    const button = el('button', { type: 'button', class: 'btn btn-main' }, t('tables.apply', { n: found.rows_total.toLocaleString() }));

    button.addEventListener('click', async () => {
        button.disabled = true;
        button.textContent = t('tables.applying');
        try {
            await send('POST', `/api/v1/imports/${found.id}/apply`, undefined, { key, waitMs: 1_800_000 });
            replace(result, el('p', { class: 'intake-good' }, icon('check'), t('tables.applied', { n: found.rows_total.toLocaleString(), id: found.id })));
        } catch (problem) {
            replace(result, refused(problem));
        }
        await history.read();
    });
    return el(
        'div',
        { class: 'intake-ready' },
        el('p', { class: 'intake-good' }, icon('check'), t('tables.ready', { n: found.rows_total.toLocaleString(), name: found.file_name })),
        button,
    );
}

// What is wrong, cell by cell, and the file itself with the cells marked.
export function refused(problem) {
    const kept = problem.errors?.find(({ field }) => field === 'import');
    const faults = (problem.errors ?? []).filter((fault) => fault !== kept);

    if (!faults.length) return el('p', { class: 'form-message', role: 'alert' }, explain(problem));
    return el(
        'div',
        { class: 'intake-refused', role: 'alert' },
        el('p', { class: 'form-message' }, t('tables.refused', { n: faults.length.toLocaleString() })),
        kept && el('p', { class: 'report-buttons' }, copyButton(kept.value, 'xlsx', 'tables.marked'), copyButton(kept.value, 'csv', 'tables.fault_list')),
        el(
            'table',
            { class: 'items faults' },
            el('thead', null, el('tr', null, ['tables.where', 'tables.stands', 'tables.wrong'].map((key) => el('th', { scope: 'col' }, t(key))))),
            el(
                'tbody',
                null,
                faults
                    .slice(0, SHOWN_MOST)
                    .map(({ field, value, rule }) => el('tr', null, el('th', { scope: 'row' }, place(field)), el('td', null, value), el('td', null, rule))),
            ),
        ),
        faults.length > SHOWN_MOST && el('p', { class: 'quiet' }, t('tables.more_faults', { n: faults.length - SHOWN_MOST })),
    );
}

// "sheet Stock row 7 column D (lot_code)" in the reader's language.
function place(field) {
    const parts = /^sheet (.+) row (\d+) column (\S+) \((.+)\)$/.exec(field ?? '');
    return parts ? t('tables.place', { sheet: parts[1], row: parts[2], column: parts[3], name: parts[4] }) : ruleText(field);
}

// The file with its faults marked, or a list of them.
function copyButton(id, format, key) {
    return saveButton(`/api/v1/imports/${id}/faults?format=${format}`, `import-${id}-faults.${format}`, key, format === 'xlsx' && icon('sheet'));
}

// Fetches a file for the browser to keep; why that failed stands beside the button.
function saveButton(address, name, key, picture) {
    const message = el('span', { class: 'field-error', role: 'alert' });
    const fetchFile = async () => {
        replace(message);
        try {
            save(await download(address), name);
        } catch (problem) {
            replace(message, explain(problem));
        }
    };
    return el('span', { class: 'act' }, el('button', { type: 'button', class: 'btn btn-quiet btn-small', on: { click: fetchFile } }, picture, t(key)), message);
}

function historyTable(rows, read) {
    const heads = ['tables.number', 'tables.kind', 'tables.file_name', 'tables.state', 'tables.rows', 'tables.who', 'tables.todo'];
    return el(
        'table',
        { class: 'items imports-table' },
        el('thead', null, el('tr', null, heads.map((key) => el('th', { scope: 'col', class: HEAD_CLASSES[key] }, t(key))))),
        el(
            'tbody',
            null,
            rows.map((row) => historyRow(row, read)),
        ),
    );
}

function historyRow(row, read) {
    return el(
        'tr',
        { 'data-import': row.id },
        el('th', { scope: 'row', class: 'wide-only' }, `#${row.id}`),
        el('td', { class: 'wide-only' }, titleOf('import_kind', { name: row.kind, title: row.kind })),
        el('td', { class: 'file-name' }, row.file_name),
        el('td', null, el('span', { class: `tag import-${row.state}` }, word('import', row.state))),
        el('td', { class: 'amount wide-only' }, (row.rows_total || row.rows_done).toLocaleString()),
        el('td', { class: 'quiet wide-only' }, [row.undone_by || row.applied_by || row.made_by, clock(new Date(row.undone_at ?? row.applied_at ?? row.made_at))].join(' · ')),
        el('td', null, todo(row, read)),
    );
}

// What can still be done with it.
function todo(row, read) {
    if (row.state === 'applied') return actButton(row, 'undo', 'tables.undo', read);
    if (row.state === 'ready') return actButton(row, 'apply', 'tables.apply_now', read);
    return row.state === 'refused' ? copyButton(row.id, 'xlsx', 'tables.marked_short') : null;
}

// Asks once more before it acts.
function actButton(row, action, key, read) {
    const message = el('span', { class: 'field-error', role: 'alert' });
    const button = el('button', { type: 'button', class: 'btn btn-quiet btn-small' }, t(key));
    const change = newKey();
    let asked = false;

    button.addEventListener('click', async () => {
        if (!asked) {
            asked = true;
            button.textContent = t(`${key}_sure`, { n: row.rows_total.toLocaleString() });
            return;
        }
        button.disabled = true;
        try {
            await send('POST', `/api/v1/imports/${row.id}/${action}`, undefined, { key: change, waitMs: 1_800_000 });
            await read();
        } catch (problem) {
            button.disabled = false;
            replace(message, problem.errors?.length ? problem.errors.map((fault) => [fieldText(fault.field), faultText(fault)].filter(Boolean).join(': ')).join('; ') : explain(problem));
        }
    });
    return el('span', { class: 'act' }, button, message);
}
