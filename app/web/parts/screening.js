// Asking for findings while somebody types: waits a moment, drops the older question, and never lets an older answer stand
// over a newer one. Without an answer nothing counts as screened.

import { query } from '/api.js';
import { debounce } from '/dom.js';
import { joinDose } from '/parts/typed.js';

const PAUSE_MS = 150;
const WAIT_MS = 4000;
const RETRY_MS = 4000;

export const isEmpty = (what) => !what.items.length && !what.drugs.length && !what.conditions.length;

// show({ state, answer, problem }): state is 'empty', 'checking' (answer is the one before, if any), 'answered', 'down' or
// 'refused'. Everything stops when `signal` is aborted.
export function startScreening(show, signal) {
    let asked = null;
    let waiting = null;
    let last = null;
    let retry = null;

    const now = async () => {
        const mine = new AbortController();
        asked?.abort();
        asked = mine;
        try {
            last = await query('/api/v1/screen', caseOf(waiting), { signal: mine.signal, waitMs: WAIT_MS });
            if (!mine.signal.aborted) show({ state: 'answered', answer: last });
        } catch (problem) {
            if (!mine.signal.aborted) failed(problem);
        }
    };
    const failed = (problem) => {
        const refused = problem.status >= 400 && problem.status < 500;
        last = null;
        show({ state: refused ? 'refused' : 'down', problem });
        if (!refused) retry = setTimeout(now, RETRY_MS);
    };
    const soon = debounce(PAUSE_MS, () => waiting && !signal.aborted && now());
    const stop = () => {
        asked?.abort();
        clearTimeout(retry);
    };

    signal.addEventListener('abort', stop);
    addEventListener('online', () => waiting && soon(), { signal });
    return {
        ask(what) {
            stop();
            waiting = isEmpty(what) ? null : what;
            if (!waiting) last = null;
            show(waiting ? { state: 'checking', answer: last } : { state: 'empty' });
            soon();
        },
        again() {
            stop();
            soon();
        },
    };
}

// Without "drugs" the service knows that nobody asked; an empty list says that there are none.
function caseOf({ items, drugs, conditions, noneTaken }) {
    const asked = noneTaken || drugs.length > 0;
    return {
        items: items.map(joinDose),
        drugs: asked ? drugs.map(joinDose) : undefined,
        conditions: conditions.map(joinDose),
    };
}
