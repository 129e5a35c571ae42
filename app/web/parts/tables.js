// What the two sides of the spreadsheets share: the tabs between them, and files that are saved.

import { el } from '/dom.js';
import { isChinese, t } from '/i18n.js';
import { strings } from '/strings.js';

const SIDES = [
    ['tables.out', '#/tables'],
    ['tables.in', '#/tables/in'],
];

export function sideTabs(address) {
    return el(
        'nav',
        { class: 'tabs', 'aria-label': t('nav.tables') },
        SIDES.map(([key, href]) =>
            el('a', { class: 'section', href, 'aria-current': href === address ? 'page' : 'false' }, t(key)),
        ),
    );
}

// The name of a report or kind of import: from the table of words, else as the service calls it.
export function titleOf(group, row) {
    if (strings[`${group}.${row.name}`]) return t(`${group}.${row.name}`);
    return isChinese() && row.title_hanzi ? row.title_hanzi : row.title;
}

export function aboutOf(group, row) {
    return strings[`${group}_about.${row.name}`] ? t(`${group}_about.${row.name}`) : row.summary;
}

// Gives a file to the browser to keep.
export function save(blob, name) {
    const link = el('a', { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Asks every second until the returned function is called; what fails is asked again.
export function every(ms, ask) {
    let stopped = false;
    const again = async () => {
        if (stopped) return;
        try {
            await ask(() => stopped);
        } catch {
            // Nothing is known yet, or no more.
        }
        if (!stopped) setTimeout(again, ms);
    };
    setTimeout(again, ms);
    return () => {
        stopped = true;
    };
}
