// Finding a patient by name, number or telephone: what an input holds is looked for, and what is found can be chosen below it.

import { get } from '/api.js';
import { debounce, el, replace } from '/dom.js';
import { t } from '/i18n.js';

const ASK_AFTER_MS = 250;

// The list of those found; choose(row) when one is taken, by Enter the first.
export function patientSearch(input, choose, signal) {
    const found = el('ul', { class: 'rx-patients' });
    const take = (row) => {
        replace(found);
        choose(row);
    };
    const look = async () => {
        const q = input.value.trim();
        if (!q || !document.contains(input)) return replace(found);
        const { rows } = await get(`/api/v1/patients?${new URLSearchParams({ q, limit: 8 })}`, { signal });
        return replace(found, rows.length ? rows.map((row) => patientRow(row, take)) : el('li', { class: 'quiet' }, t('list.none', { q })));
    };
    const later = debounce(ASK_AFTER_MS, () => look().catch(() => {}));
    input.addEventListener('input', later);
    input.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') found.querySelector('button')?.click();
    });
    return found;
}

function patientRow(row, take) {
    return el(
        'li',
        null,
        el(
            'button',
            { type: 'button', class: 'rx-patient', on: { click: () => take(row) } },
            el('span', { class: 'strong' }, row.name),
            el('span', { class: 'quiet' }, [row.code, row.born_on, row.phone].filter(Boolean).join(' · ')),
        ),
    );
}
