// The files that belong to a lot, a delivery or a purchase order: to look at, with their checksums, and to add.

import { newKey, upload } from '/api.js';
import { el } from '/dom.js';
import { day, t, word } from '/i18n.js';
import { may } from '/session.js';
import { field, selectInput } from '/parts/form.js';
import { tool } from '/parts/order_stops.js';

const KINDS = ['certificate', 'invoice', 'photograph', 'other'];

export const lotFiles = (lot, files, done) => filesOf(`/api/v1/lots/${lot.id}/attachments`, 'certificate', files, done);

// `path` takes what is added, of the kind `usual` unless another is chosen; done(text) reads anew.
export function filesOf(path, usual, files, done) {
    if (!may('pharmacist', 'staff', 'admin')) return null;
    return [
        files.length ? el('ul', { class: 'link-list files' }, files.map(fileRow)) : el('p', { class: 'quiet' }, t('files.none')),
        may('pharmacist', 'staff') && addForm(path, usual, done),
    ];
}

function fileRow(file) {
    const about = [word('file_kind', file.kind), `${Math.ceil(file.size / 1024)} kB`, file.added_by, day(file.added_at)];
    return el(
        'li',
        null,
        el('span', null, el('a', { class: 'file-name', href: `/api/v1/attachments/${file.id}/content`, target: '_blank', rel: 'noopener' }, file.file_name)),
        el('span', { class: 'quiet', title: `SHA-256 ${file.sha256}` }, about.filter(Boolean).join(' · ')),
    );
}

export const fileInput = () => el('input', { type: 'file', class: 'form-control', accept: '.pdf,.png,.jpg,.jpeg,.txt' });

export const attach = (path, file, kind, key) =>
    upload(`${path}?${new URLSearchParams({ kind, file_name: file.name.slice(-120) })}`, file, { key });

function addForm(path, usual, done) {
    const kind = field('kind', 'files.kind', selectInput(usual, KINDS.map((one) => [one, word('file_kind', one)])));
    const file = field('file', 'files.file', fileInput(), { needed: true, help: 'files.help' });
    const key = newKey();
    return tool('files.add', [kind, file], 'btn-quiet', async () => {
        const [chosen] = file.input.files;
        await attach(path, chosen, kind.input.value, key);
        await done(t('files.added', { name: chosen.name }));
    });
}
