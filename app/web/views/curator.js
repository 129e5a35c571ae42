// The alert budget: what became of every rule's findings for each role, and the curator's queue of the rules that are overridden
// too often to be worth showing as they are.

import { get, send } from '/api.js';
import { append, el, icon, replace } from '/dom.js';
import { clock, day, t, word } from '/i18n.js';
import { evidenceAddress } from '/router.js';
import { strings } from '/strings.js';
import { may } from '/session.js';
import { rowTitle } from '/parts/evidence_words.js';
import { filterSelect, searchField } from '/parts/filters.js';
import { field, form, selectInput, textArea, textInput } from '/parts/form.js';
import { severityBadge, SEVERITIES } from '/parts/findings.js';
import { plainName, readAll } from '/parts/lexicon.js';
import { section } from '/parts/monograph.js';
import { pageHead, tableHead } from '/parts/pieces.js';

const ROLES = ['practitioner', 'pharmacist', 'staff', 'curator', 'admin', 'system'];
const ROWS_AT_FIRST = 50;
const SHOWN_TEXT = 160;
const kept = { q: '', role: '', from: '', to: '' };

export async function viewCurator(_, signal) {
    const queue = el('div', { class: 'queue' });
    const decided = el('div');
    const readQueue = async () => {
        const [settings, waiting, decisions] = await Promise.all([
            get('/api/v1/alert-settings', { signal }),
            may('curator', 'admin') ? get('/api/v1/curator-queue', { signal }) : { rows: [] },
            get('/api/v1/curator-queue/decisions', { signal }),
        ]);
        replace(queue, queueNode(settings, waiting.rows, readQueue));
        replace(decided, decisions.rows.length > 0 && decisionsNode(decisions.rows));
    };

    await Promise.all([readAll('herb', signal), readAll('formula', signal)]);
    const [budget] = await Promise.all([budgetNode(signal), readQueue()]);
    return {
        title: t('nav.curator'),
        node: el(
            'div',
            { class: 'browse' },
            pageHead('nav.curator', 'budget.lead'),
            queue,
            budget,
            decided,
        ),
    };
}

// The queue ------------------------------------------------------------------------------------------------------------

function queueNode(settings, rows, read) {
    if (!may('curator', 'admin')) return null;
    return section(
        'budget.queue',
        settingsNode(settings, read),
        rows.length
            ? el(
                  'ol',
                  { class: 'findings' },
                  rows.map((row) => queued(row, read)),
              )
            : el('p', { class: 'clear-box' }, t('budget.queue_empty')),
    );
}

// From when on a rule comes here; a curator can change it.
function settingsNode(settings, read) {
    const said = el('p', { class: 'quiet' }, t('budget.from_when', settings), ' ');
    const place = el('div');
    if (may('curator'))
        said.append(
            el(
                'button',
                {
                    type: 'button',
                    class: 'btn btn-quiet btn-small',
                    on: { click: () => changeSettings(place, settings, read) },
                },
                t('budget.change_settings'),
            ),
        );
    return el('div', { class: 'budget-settings' }, said, place);
}

function changeSettings(place, settings, read) {
    const number = (most, value) => el('input', { type: 'number', class: 'form-control', min: '1', max: String(most), value });
    const fields = [
        field('override_percent', 'budget.override_percent', number(100, settings.override_percent), { needed: true }),
        field('least_shown', 'budget.least_shown', number(1_000_000, settings.least_shown), { needed: true }),
        field('days', 'budget.days', number(3660, settings.days), { needed: true }),
    ];
    const act = async () => {
        await send(
            'PUT',
            '/api/v1/alert-settings',
            Object.fromEntries(fields.map(({ name, input }) => [name, Number(input.value)])),
        );
        await read();
    };
    const buttons = [
        el('button', { type: 'submit', class: 'btn btn-main btn-small' }, t('form.save')),
        el(
            'button',
            { type: 'button', class: 'btn btn-quiet btn-small', on: { click: () => replace(place) } },
            t('form.cancel'),
        ),
    ];
    const grid = el(
        'div',
        { class: 'form-grid' },
        fields.map(({ node }) => node),
    );
    replace(place, form('card-box settings-form', fields, buttons, act, grid));
    fields[0].input.focus();
}

function queued(row, read) {
    return el(
        'li',
        { class: `finding edge-${row.severity}`, 'data-rule': row.rule },
        el(
            'div',
            { class: 'finding-head' },
            severityBadge(row.severity),
            el('h3', { class: 'finding-title' }, ruleLink(row)),
            el('span', { class: 'finding-rule' }, row.rule),
        ),
        row.effect && el('p', { class: 'rule-effect', lang: 'en' }, short(row.effect)),
        el(
            'div',
            { class: 'budget-line' },
            rateNode(row),
            el('span', null, t('budget.figures', { shown: row.shown, heeded: row.heeded, overridden: row.overridden })),
            reasonsNode(row.reasons),
        ),
        row.last_action &&
            el(
                'p',
                { class: 'quiet' },
                t('budget.last', { what: word('curator', row.last_action), when: day(row.last_decided_at) }),
                `: ${row.last_note}`,
            ),
        may('curator') && decideForm(row, read),
    );
}

// Keep it as it is, show it less gravely, or no more: with a note that stays. Rewording is a proposal like any other.
function decideForm(row, read) {
    const action = selectInput('', [
        ['', t('budget.choose')],
        ...['keep', 'severity', 'retire'].map((one) => [one, word('curator', one)]),
    ]);
    const others = SEVERITIES.filter((severity) => severity !== row.severity);
    const milder = SEVERITIES[SEVERITIES.indexOf(row.severity) + 1] ?? others.at(-1);
    const fields = [
        field('action', 'budget.decision', action, { needed: true }),
        field('severity', 'budget.new_severity', selectInput(milder, others.map((one) => [one, t(`severity.${one}`)]))),
        field('note', 'budget.note', textArea('', { rows: '1' }), { needed: true, wide: true, help: 'budget.note_help' }),
        field('citation', 'evidence_field.citation', textInput('', { maxlength: '1000' }), {
            wide: true,
            help: 'budget.citation_help',
        }),
    ];
    const [, severity, , citation] = fields;
    const follow = () => {
        severity.node.hidden = action.value !== 'severity';
        citation.node.hidden = !['severity', 'retire'].includes(action.value);
    };
    const act = async () => {
        const said = fields
            .filter(({ node, input }) => !node.hidden && input.value.trim())
            .map(({ name, input }) => [name, input.value.trim()]);
        await send('POST', '/api/v1/curator-queue/decisions', {
            rule: row.rule,
            origin: row.origin,
            ...Object.fromEntries(said),
        });
        await read();
        document.getElementById('main').focus();
    };
    const buttons = [
        el('button', { type: 'submit', class: 'btn btn-main btn-small' }, t('budget.decide')),
        el('a', { href: `#/evidence/change/rule/${encodeURIComponent(row.rule)}` }, t('budget.reword')),
    ];
    const grid = el(
        'div',
        { class: 'form-grid' },
        fields.map(({ node }) => node),
    );

    action.addEventListener('change', follow);
    follow();
    return el(
        'details',
        { class: 'rest decide-box' },
        el('summary', null, icon('chevron'), t('budget.decide_about')),
        form('decide-rule', fields, buttons, act, grid),
    );
}

// What became of them, as a bar and a number: the share that was overridden.
function rateNode({ override_percent: percent }) {
    const bar = el('span', { class: 'rate-bar', 'aria-hidden': 'true' });
    bar.style.setProperty('--share', String((percent ?? 0) / 100));
    return el(
        'span',
        { class: 'rate' },
        bar,
        el('span', { class: 'rate-number' }, percent === null ? '–' : t('budget.rate', { n: percent })),
    );
}

// The reasons given, the most frequent first.
function reasonsNode(reasons) {
    const sorted = Object.entries(reasons ?? {}).sort(([, a], [, b]) => b - a);
    return el(
        'span',
        { class: 'reasons' },
        sorted.map(([reason, n]) => el('span', { class: 'tag' }, `${n} × ${reasonWords(reason)}`)),
    );
}

const reasonWords = (reason) => (strings[`answer_reason.${reason}`] ? t(`answer_reason.${reason}`) : reason);

const short = (text) => (text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text);

const ruleLink = (row) => el('a', { href: evidenceAddress('rule', row.rule), class: 'row-link' }, titleOf(row));

const titleOf = (row) => (row.subject_id ? rowTitle('rule', row.rule, row) : word('kind', row.kind));

// The budget -----------------------------------------------------------------------------------------------------------

async function budgetNode(signal) {
    const table = el('div', { class: 'budget' });
    const count = el('p', { class: 'quiet browse-count', role: 'status' });
    let rows = [];
    const draw = () => {
        const asked = plainName(kept.q);
        const found = rows.filter((row) => plainName([titleOf(row), row.rule, row.effect].join(' ')).includes(asked));
        count.textContent = t('book.count', { n: found.length });
        replace(table, found.length ? budgetTable(found) : el('p', { class: 'empty' }, t('budget.none')));
    };
    const read = async () => {
        const asked = new URLSearchParams();
        for (const name of ['role', 'from', 'to']) if (kept[name]) asked.set(name, kept[name]);
        ({ rows } = await get(`/api/v1/alert-budget?${asked}`, { signal }));
        draw();
    };

    await read();
    return section(
        'budget.all',
        el(
            'div',
            { class: 'browse-tools' },
            searchField('budget.search', kept, 'q', draw, { afterMs: 80 }),
            filterSelect('budget.role', kept, 'role', [['', t('budget.all_roles')], ...ROLES.map((role) => [role, word('staff', role)])], read),
            dayField('budget.from', 'from', read),
            dayField('budget.to', 'to', read),
            count,
            downloads(),
        ),
        table,
    );
}

function dayField(key, name, changed) {
    return el(
        'label',
        { class: 'day-field' },
        el('span', { class: 'quiet' }, t(key)),
        el('input', {
            type: 'date',
            class: 'form-control',
            value: kept[name],
            on: {
                change: (event) => {
                    kept[name] = event.target.value;
                    changed();
                },
            },
        }),
    );
}

function downloads() {
    return el(
        'span',
        { class: 'papers' },
        ['alert-budget', 'alert-log'].map((report) =>
            el(
                'a',
                { class: 'btn btn-quiet btn-small', href: `/api/v1/reports/${report}?format=xlsx`, download: '' },
                icon('download'),
                t(`budget.${report}`),
            ),
        ),
    );
}

function budgetTable(rows) {
    const heads = [
        'budget.rule',
        'budget.role',
        ['budget.shown', 'amount'],
        ['budget.heeded', 'amount'],
        ['budget.overridden', 'amount'],
        'budget.share',
        ['budget.reasons', 'wide-only'],
    ];
    const body = el('tbody', null, rows.slice(0, ROWS_AT_FIRST).map(budgetRow));
    const rest = rows.slice(ROWS_AT_FIRST);
    const all = el(
        'button',
        {
            type: 'button',
            class: 'btn btn-quiet btn-small',
            on: {
                click: () => {
                    append(body, rest.map(budgetRow));
                    all.remove();
                },
            },
        },
        t('list.show_all', { n: rows.length }),
    );
    return [el('table', { class: 'items stack budget-table' }, tableHead(heads), body), rest.length > 0 && all];
}

function budgetRow(row) {
    const figure = (key, n) =>
        el('td', { class: 'amount' }, el('span', { class: 'stack-label' }, t(key)), String(n));
    return el(
        'tr',
        { 'data-rule': row.rule, 'data-role': row.role },
        el(
            'th',
            { scope: 'row' },
            ruleLink(row),
            el('span', { class: 'row-below' }, [row.rule, t(`severity.${row.severity}`)].join(' · ')),
        ),
        el('td', null, word('staff', row.role)),
        figure('budget.shown', row.shown),
        figure('budget.heeded', row.heeded),
        figure('budget.overridden', row.overridden),
        el('td', null, rateNode(row)),
        el('td', { class: 'wide-only' }, reasonsNode(row.reasons)),
    );
}

// What was decided -----------------------------------------------------------------------------------------------------

function decisionsNode(rows) {
    return section(
        'budget.decisions',
        el(
            'ol',
            { class: 'link-list decisions' },
            rows.map((row) =>
                el(
                    'li',
                    null,
                    el(
                        'span',
                        null,
                        el('a', { href: evidenceAddress('rule', row.rule) }, row.rule),
                        ' ',
                        el('span', { class: 'tag' }, word('curator', row.action)),
                        ` ${row.note}`,
                    ),
                    el(
                        'span',
                        { class: 'quiet' },
                        [
                            t('budget.then', { shown: row.shown, overridden: row.overridden }),
                            row.decided_by,
                            clock(new Date(row.decided_at)),
                        ].join(' · '),
                    ),
                ),
            ),
        ),
    );
}
