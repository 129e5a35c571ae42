// One row of the evidence book: what it says today, what is proposed about it and whose findings that would change, and every
// version there was.

import { get, send } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { clock, t, word } from '/i18n.js';
import { may, person } from '/session.js';
import { effectsTable } from '/parts/effects.js';
import { changesTable, contentFacts, daysText, rowTitle, standingTag } from '/parts/evidence_words.js';
import { dateInput, field, form, textArea } from '/parts/form.js';
import { readAll } from '/parts/lexicon.js';
import { section } from '/parts/monograph.js';
import { trail } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { PROPOSERS } from '/views/evidence.js';

const DRY_RUN_MS = 120_000;
const PATHS = { rule: 'rules', synonym: 'synonyms', ratio: 'ratios' };

export async function viewEvidenceRow({ kind, key }, signal) {
    const node = el('div', { class: 'browse' });
    const read = async () => {
        const asked = new URLSearchParams({ kind, key, limit: 200 });
        const [history, now] = await Promise.all([
            get(`/api/v1/evidence/proposals?${asked}`, { signal }),
            today(kind, key, signal),
            readAll('herb', signal),
            readAll('formula', signal),
        ]);
        if (!history.rows.length && !now) throw Object.assign(new Error(key), { status: 404 });
        replace(node, page({ kind, key, now, proposals: history.rows, read, signal }));
        return now;
    };
    const now = await read();

    return { title: rowTitle(kind, key, now?.content), node };
}

// What it says now; null where nothing has that key, as with a name that was only proposed.
async function today(kind, key, signal) {
    if (kind === 'synonym') return null;
    try {
        return await get(`/api/v1/evidence/book/${kind}/${encodeURIComponent(key)}`, { signal });
    } catch (problem) {
        if (problem.status === 404) return null;
        throw problem;
    }
}

function page(row) {
    const { kind, key, now, proposals } = row;
    const waiting = proposals.filter((one) => one.state === 'proposed');
    return el(
        'article',
        { class: 'monograph' },
        trail('nav.evidence', '#/evidence', word('row_kind', kind)),
        el(
            'header',
            { class: 'monograph-head' },
            el(
                'div',
                { class: 'monograph-title' },
                el('h1', { class: 'book-title' }, rowTitle(kind, key, now?.content)),
                el(
                    'p',
                    { class: 'tags' },
                    origin(row),
                    el('span', { class: 'finding-rule' }, kind === 'synonym' ? '' : key),
                ),
            ),
            may(...PROPOSERS) && tools(row),
        ),
        el(
            'div',
            { class: 'monograph-columns' },
            el(
                'div',
                { class: 'monograph-main' },
                waiting.length > 0 &&
                    section('book.undecided', el('ol', { class: 'proposals' }, waiting.map((one) => undecided(one, row)))),
                now && section('book.today', contentFacts(kind, now.content)),
            ),
            el('aside', { class: 'monograph-side' }, section('book.history', history(proposals))),
        ),
    );
}

// Whose words hold today.
function origin({ kind, now, proposals }) {
    if (kind === 'synonym') {
        const inForce = proposals.find((one) => one.in_force);
        const standing = { set: 'in_force', retire: 'retired', revert: 'reverted' }[inForce?.change];
        return standingTag(standing ?? 'not_in_force');
    }
    if (now?.origin === 'retired') return standingTag('retired');
    if (now?.origin === 'shop') return el('span', { class: 'tag tag-high' }, t('origin.shop'));
    return now?.in_reference ? el('span', { class: 'tag' }, t('origin.reference')) : standingTag('not_in_force');
}

function tools({ kind, key, now, proposals, read }) {
    const [thing, id, ...rest] = key.split(':');
    const base = {
        rule: { id: key },
        synonym: { thing_kind: thing, thing_id: id, synonym: rest.join(':') },
        ratio: { herb_id: key },
    }[kind];
    const inForce = proposals.find((one) => one.in_force);
    const retired = inForce?.change === 'retire';
    const own = inForce && inForce.change !== 'revert';
    const place = el('div', { class: 'tool-form' });
    const ask = (change, titleKey) =>
        el(
            'button',
            {
                type: 'button',
                class: 'btn btn-quiet',
                on: { click: () => changeForm(place, change, titleKey, { kind, base, now, read }) },
            },
            t(titleKey),
        );
    return [
        el(
            'div',
            { class: 'papers' },
            kind !== 'synonym' &&
                el(
                    'a',
                    { class: 'btn btn-main', href: `#/evidence/change/${kind}/${encodeURIComponent(key)}` },
                    t('book.change'),
                ),
            !retired && (own || now?.in_reference) && ask('retire', 'book.retire'),
            own && (now?.in_reference || kind === 'synonym') && ask('revert', 'book.revert'),
        ),
        place,
    ];
}

// Retiring and reverting need a reason and a source, like any other change.
function changeForm(place, change, titleKey, { kind, base, now, read }) {
    const fields = [
        field('reason', 'evidence_field.reason', textArea(''), { needed: true, help: 'book_help.reason' }),
        field('citation', 'evidence_field.citation', textArea(now?.content?.citation), {
            needed: true,
            help: 'book_help.citation',
        }),
        field('effective_from', 'evidence_field.effective_from', dateInput(''), { help: 'book_help.effective_from' }),
        field('effective_to', 'evidence_field.effective_to', dateInput(''), { help: 'book_help.effective_to' }),
    ];
    const act = async () => {
        const said = fields.map(({ name, input }) => [name, input.value.trim()]).filter(([, value]) => value);
        await send('POST', `/api/v1/evidence/${PATHS[kind]}`, { ...base, change, ...Object.fromEntries(said) });
        await read();
    };
    const shut = () => replace(place);
    const buttons = [
        el('button', { type: 'submit', class: 'btn btn-main' }, t('book.propose_this')),
        el('button', { type: 'button', class: 'btn btn-quiet', on: { click: shut } }, t('form.cancel')),
    ];
    const grid = el(
        'div',
        { class: 'form-grid' },
        fields.map(({ node }) => node),
    );

    replace(place, form('card-box', fields, buttons, act, el('h2', null, t(titleKey)), grid));
    fields[0].input.focus();
}

// A proposal that waits: what it changes, the dry run, and the decision for whoever may take it.
function undecided(proposal, row) {
    return el(
        'li',
        { class: 'proposal card-box', 'data-proposal': proposal.id },
        el(
            'div',
            { class: 'proposal-head' },
            el('h3', null, word('change', proposal.change), ` · ${t('book.version', { n: proposal.version })}`),
            el('span', { class: 'quiet' }, `${proposal.author} · ${clock(new Date(proposal.written_at))}`),
        ),
        proposal.reference_changed && el('p', { class: 'field-note' }, t('book.reference_changed')),
        changesTable(proposal.changes),
        why(proposal),
        dryRun(`/api/v1/evidence/proposals/${proposal.id}/effects`, row.signal),
        decision(proposal, row),
    );
}

const why = (proposal) =>
    el(
        'dl',
        { class: 'fact-list facts-wide' },
        [
            ['evidence_field.reason', proposal.reason],
            ['evidence_field.citation', proposal.citation],
            ['book.days', daysText(proposal.effective_from, proposal.effective_to)],
        ].map(([key, value]) => el('div', null, el('dt', null, t(key)), el('dd', null, value))),
    );

// A button that asks whose findings would change, and the answer.
export function dryRun(path, signal) {
    const answer = el('div', { class: 'dry-run' });
    const button = el('button', { type: 'button', class: 'btn btn-quiet btn-small' }, icon('search'), t('book.dry_run'));
    button.addEventListener('click', async () => {
        button.disabled = true;
        replace(answer, el('p', { class: 'quiet', role: 'status' }, t('effects.running')));
        try {
            replace(answer, effectsTable(await get(path, { signal, waitMs: DRY_RUN_MS })));
        } catch (problem) {
            replace(answer, el('p', { class: 'form-message', role: 'alert' }, explain(problem)));
        } finally {
            button.disabled = false;
        }
    });
    return el('div', { class: 'dry-run-box' }, may(...PROPOSERS) && button, answer);
}

function decision(proposal, { read }) {
    const mine = proposal.author_id === person().id;
    if (mine) return withdrawal(proposal, read);
    if (!may('curator')) return el('p', { class: 'quiet' }, t('book.curator_decides'));
    return decideForm(proposal, read, [
        ['approval', 'book.approve', 'btn-main'],
        ['rejection', 'book.reject', 'btn-quiet'],
    ]);
}

// Who wrote it is told why somebody else must decide.
function withdrawal(proposal, read) {
    return [
        may('curator')
            ? el(
                  'p',
                  { class: 'decide-why' },
                  el('button', { type: 'button', class: 'btn btn-main btn-small', disabled: true }, t('book.approve')),
                  el('span', { class: 'quiet' }, t('book.not_yours')),
              )
            : el('p', { class: 'quiet' }, t('book.curator_decides')),
        decideForm(proposal, read, [['withdrawal', 'book.withdraw', 'btn-quiet']]),
    ];
}

function decideForm(proposal, read, ways) {
    const note = field('note', 'book.note', textArea('', { rows: '1' }), { wide: true });
    let chosen = ways[0][0];
    const act = async () => {
        await send('POST', `/api/v1/evidence/proposals/${proposal.id}/${chosen}`, { note: note.input.value.trim() });
        await read();
        document.getElementById('main').focus();
    };
    const buttons = ways.map(([way, key, kind]) =>
        el(
            'button',
            { type: 'submit', class: `btn ${kind} btn-small`, on: { click: () => (chosen = way) } },
            t(key),
        ),
    );
    return form('decide', [note], buttons, act, note.node);
}

// Every version, the newest first.
function history(proposals) {
    if (!proposals.length) return el('p', { class: 'quiet' }, t('book.no_history'));
    return el(
        'ol',
        { class: 'versions' },
        proposals.map((one) =>
            el(
                'li',
                { class: one.in_force ? 'version version-now' : 'version' },
                el(
                    'p',
                    { class: 'version-head' },
                    el('span', { class: 'strong' }, t('book.version', { n: one.version })),
                    ' ',
                    word('change', one.change),
                    ' ',
                    standingTag(one.in_force ? 'in_force' : one.state),
                ),
                el('p', { class: 'quiet' }, daysText(one.effective_from, one.effective_to)),
                el('p', null, one.reason),
                el('p', { class: 'quiet' }, t('book.by', { name: one.author, when: clock(new Date(one.written_at)) })),
                one.decided_at &&
                    el(
                        'p',
                        { class: 'quiet' },
                        t(`book.${one.state}_by`, { name: one.decided_by, when: clock(new Date(one.decided_at)) }),
                        one.note && `: ${one.note}`,
                    ),
                one.changes?.length > 0 &&
                    el(
                        'details',
                        { class: 'rest' },
                        el('summary', null, icon('chevron'), t('book.changes', { n: one.changes.length })),
                        changesTable(one.changes),
                    ),
            ),
        ),
    );
}
