// The paper of a prescription written elsewhere: its pages as pictures to look at, or as files to open, and a place to add one.

import { download, get, newKey } from '/api.js';
import { el, icon, replace } from '/dom.js';
import { day, t } from '/i18n.js';
import { may } from '/session.js';
import { field } from '/parts/form.js';
import { attach, fileInput } from '/parts/lot_files.js';
import { tool } from '/parts/order_stops.js';
import { explain } from '/parts/states.js';

const MOST_TEXT = 20_000;

export const mayLook = () => may('pharmacist', 'staff', 'admin');

// The files, first page first; nothing for whoever may not read them.
export async function readPages(id, signal) {
    if (!mayLook()) return [];
    const { rows } = await get(`/api/v1/attachments?intake=${id}`, { signal });
    return rows.reverse();
}

export function paperOf(pages) {
    if (!mayLook()) return el('p', { class: 'quiet' }, t('intake.paper_not_yours'));
    if (!pages.length) return el('p', { class: 'quiet' }, t('intake.no_page'));
    return el('ol', { class: 'intake-pages' }, pages.map(pageNode));
}

function pageNode(file, at) {
    const source = `/api/v1/attachments/${file.id}/content`;
    const name = t('intake.page', { n: at + 1, name: file.file_name });
    return el(
        'li',
        null,
        el('figure', { class: 'intake-page' }, looked(file, source, name), el('figcaption', { class: 'quiet', title: `SHA-256 ${file.sha256}` }, name, ' · ', [file.added_by, day(file.added_at)].join(' · '))),
    );
}

// A picture is shown whole and, opened, as large as it is; a PDF only can be opened, for what others made does not run in this page.
function looked(file, source, name) {
    if (file.content_type.startsWith('image/'))
        return el('a', { href: source, target: '_blank', rel: 'noopener', title: t('intake.open_page') }, el('img', { src: source, alt: name }));
    if (file.content_type.startsWith('text/')) return textNode(source);
    return el('a', { class: 'btn btn-quiet', href: source, target: '_blank', rel: 'noopener' }, icon('download'), t('intake.open_page'), ` · ${file.file_name}`);
}

function textNode(source) {
    const node = el('pre', { class: 'intake-text' });
    download(source)
        .then((file) => file.text())
        .then((text) => replace(node, text.slice(0, MOST_TEXT)))
        .catch((problem) => replace(node, explain(problem)));
    return node;
}

// Adds files one after the other, under keys that stay the same when a press is repeated.
export async function attachPages(id, files, keys) {
    for (const file of files) {
        const which = `${file.name} ${file.size} ${file.lastModified}`;
        if (!keys.has(which)) keys.set(which, newKey());
        try {
            await attach(`/api/v1/intakes/${id}/attachments`, file, 'prescription', keys.get(which));
        } catch (problem) {
            throw atTheFile(problem, file);
        }
    }
}

// What is wrong with a file is said at the box it was chosen in, by its name.
function atTheFile(problem, file) {
    if (!problem.errors?.length) return problem;
    return Object.assign(problem, { errors: problem.errors.map(({ rule }) => ({ field: 'file', value: file.name, rule })) });
}

export function pageField() {
    const input = fileInput();
    input.multiple = true;
    return field('file', 'intake.paper_files', input, { needed: true, help: 'files.help', wide: true });
}

// A further page, behind its name.
export function addPage(id, changed) {
    const file = pageField();
    const keys = new Map();
    return tool('intake.add_page', [file], 'btn-quiet', async () => {
        await attachPages(id, [...file.input.files], keys);
        await changed();
    });
}
