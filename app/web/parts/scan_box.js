// The one box of the bench: it takes whatever a scanner sends or a person types, at any time and wherever the focus was, one after
// the other, and says below what came of it.

import { el, freshId } from '/dom.js';
import { t } from '/i18n.js';
import { faultText } from '/rules.js';

const SCANNER_MS = 35; // a key at most, faster than anybody types
const SCANNER_LEAST = 6;
const SEPARATOR = '\u001d'; // between the parts of a GS1 code; scanners send it as Ctrl+]

// take(text, how) is called with each entry ('' for a bare Enter), how 'scanned' or 'typed', after the one before is done.
export function scanBox(take, signal) {
    const id = freshId('scan');
    const label = el('label', { for: id, class: 'scan-label' });
    const said = el('p', { class: 'scan-said', role: 'status', id: `${id}-said` });
    const wrong = el('p', { class: 'form-message scan-wrong', role: 'alert', id: `${id}-wrong` });
    const input = el('input', {
        id,
        type: 'text',
        class: 'form-control scan-input',
        autocomplete: 'off',
        autocapitalize: 'off',
        spellcheck: 'false',
        enterkeyhint: 'done',
        maxlength: '300',
        'aria-describedby': `${id}-said ${id}-wrong`,
    });
    const box = {
        input,
        node: el('div', { class: 'scan' }, label, input, said, wrong),
        ask(text) {
            label.textContent = text;
        },
        say(text) {
            said.textContent = text;
            wrong.textContent = '';
        },
        complain(text) {
            wrong.textContent = text;
            said.textContent = '';
            input.setAttribute('aria-invalid', 'true');
        },
    };
    listen(box, take);
    followKeys(input, signal);
    return box;
}

function listen({ input }, take) {
    let began = 0;
    let before = Promise.resolve();
    input.addEventListener('keydown', (event) => {
        if (event.ctrlKey && event.key === ']') {
            event.preventDefault();
            input.setRangeText(SEPARATOR, input.selectionStart, input.selectionEnd, 'end');
        } else if (event.key === 'Enter') {
            event.preventDefault();
            const text = input.value.trim();
            const how = text.length >= SCANNER_LEAST && event.timeStamp - began < SCANNER_MS * text.length ? 'scanned' : 'typed';
            input.value = '';
            before = before.then(() => take(text, how));
        } else if (!input.value) began = event.timeStamp;
    });
    input.addEventListener('input', () => input.setAttribute('aria-invalid', 'false'));
    input.addEventListener('paste', () => (began = -Infinity));
}

// What is typed with no field in hand is for the box.
function followKeys(input, signal) {
    const follow = (event) => {
        const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
        const at = event.target;
        if (at.closest('input, textarea, select, [contenteditable]')) return;
        if ((isText && event.key !== ' ') || (event.key === 'Enter' && !at.closest('button, a, summary'))) input.focus();
    };
    document.addEventListener('keydown', follow, { signal });
}

// What the service said was wrong, in a line: the value and the rule it breaks.
export function plainly(problem, explain) {
    const lines = (problem.errors ?? []).map(faultText);
    return lines.length ? lines.join('; ') : explain(problem);
}

export const pressEnter = () => el('kbd', { class: 'key' }, t('bench.enter'));
