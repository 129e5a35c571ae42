// The conditions asked about most, as buttons that stay pressed; any other can be typed below them.

import { el } from '/dom.js';
import { t } from '/i18n.js';

const COMMON = [
    'pregnancy',
    'breastfeeding',
    'trying_to_conceive',
    'bleeding_disorder',
    'surgery_2w',
    'peptic_ulcer',
    'hypertension',
    'kidney_disease',
    'liver_disease',
    'diabetes',
    'older_adult',
    'child',
];

// `entries` is the list of conditions; a pressed chip is an entry whose name is the condition's id, marked `chip` so that it
// is not shown a second time among the typed ones.
export function conditionChips(entries, changed) {
    const chips = COMMON.map((id) => [
        id,
        el(
            'button',
            { type: 'button', class: 'chip', 'data-id': id, on: { click: () => toggle(id) } },
            t(`condition.${id}`),
        ),
    ]);

    function toggle(id) {
        const at = entries.findIndex((entry) => entry.name === id);
        if (at >= 0) entries.splice(at, 1);
        else entries.push({ name: id, dose: '', chip: true });
        changed();
    }

    function draw() {
        for (const [id, chip] of chips)
            chip.setAttribute('aria-pressed', String(entries.some((entry) => entry.name === id)));
    }

    draw();
    return {
        node: el(
            'div',
            { class: 'chips', role: 'group', 'aria-label': t('check.conditions') },
            chips.map(([, chip]) => chip),
        ),
        draw,
    };
}
