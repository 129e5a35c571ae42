// Copying text for another program.

import { el } from '/dom.js';

// The clipboard needs https or localhost; elsewhere the old way through a hidden box. Whether it was copied.
export async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const box = el('textarea', { class: 'visually-hidden', value: text });
        document.body.append(box);
        box.select();
        const done = document.execCommand('copy');
        box.remove();
        return done;
    }
}
