// The evidence book coming back as a workbook: checked to its end, what is wrong named cell by cell, whose findings would change,
// and then each changed row becomes a proposal that somebody else has to approve.

import { get, newKey, send, upload } from '/api.js';
import { el, freshId, icon, replace } from '/dom.js';
import { t } from '/i18n.js';
import { effectsTable } from '/parts/effects.js';
import { pageHead, trail } from '/parts/pieces.js';
import { explain } from '/parts/states.js';
import { refused } from '/views/imports.js';

const LONG_MS = 300_000;

export async function viewEvidenceUpload(_, signal) {
    const id = freshId('workbook');
    const result = el('div', { class: 'intake-result', 'aria-live': 'polite' });
    const file = el('input', { type: 'file', class: 'form-control', id, accept: '.xlsx,.csv', required: true });
    const button = el('button', { type: 'submit', class: 'btn btn-main' }, icon('check'), t('tables.check'));
    const submit = async (event) => {
        event.preventDefault();
        if (!file.files.length) {
            replace(result, el('p', { class: 'form-message' }, t('tables.choose_file')));
            file.focus();
            return;
        }
        button.disabled = true;
        await check(file.files[0], result, signal);
        button.disabled = false;
    };

    return {
        title: t('book.upload'),
        focus: () => file,
        node: el(
            'div',
            { class: 'browse' },
            trail('nav.evidence', '#/evidence', t('book.upload')),
            pageHead('book.upload', 'book.upload_lead'),
            el(
                'form',
                { class: 'intake card-box', novalidate: true, on: { submit } },
                el('div', { class: 'report-field' }, el('label', { for: id }, t('tables.file')), file),
                el('div', { class: 'report-buttons' }, button),
                result,
            ),
        ),
    };
}

// A dry run: nothing becomes a proposal yet.
async function check(file, result, signal) {
    const asked = new URLSearchParams({ dry_run: 'true', file_name: file.name.slice(-200) });

    replace(result, el('p', { class: 'waiting' }, t('tables.checking', { name: file.name })));
    try {
        const found = await upload(`/api/v1/imports/evidence_book?${asked}`, file, { signal });
        replace(result, el('p', { class: 'waiting' }, t('effects.running')));
        const effects = await get(`/api/v1/evidence/imports/${found.id}/effects`, { signal, waitMs: LONG_MS });
        replace(result, ready(found, effects, result));
    } catch (problem) {
        if (!signal.aborted) replace(result, refused(problem));
    }
}

function ready(found, effects, result) {
    const key = newKey();
    const message = el('p', { class: 'form-message', role: 'alert' });
    const button = el(
        'button',
        { type: 'button', class: 'btn btn-main' },
        t('book.propose_all', { n: effects.proposals }),
    );

    button.addEventListener('click', async () => {
        button.disabled = true;
        message.textContent = '';
        try {
            await send('POST', `/api/v1/imports/${found.id}/apply`, undefined, { key, waitMs: LONG_MS });
            replace(result, proposed(effects.proposals));
        } catch (problem) {
            button.disabled = false;
            message.textContent = explain(problem);
        }
    });
    return el(
        'div',
        { class: 'intake-ready' },
        el('p', { class: 'intake-good' }, icon('check'), t('book.upload_good', { n: effects.proposals })),
        effectsTable(effects),
        message,
        button,
    );
}

const proposed = (n) =>
    el(
        'p',
        { class: 'intake-good' },
        icon('check'),
        t('book.proposed', { n }),
        ' ',
        el('a', { href: '#/evidence' }, t('book.see_them')),
    );
