// A prescription being put together: what was chosen, and how it is asked of the service. It outlives the page shown, for the person
// who began it; what is entered from a paper has a draft of its own.

import { get } from '/api.js';
import { person } from '/session.js';
import { milligrams } from '/parts/grams.js';
import { splitDose } from '/parts/typed.js';

const empty = () => ({
    owner: person().id,
    patient: null,
    formulas: [],
    herbs: new Map(),
    drops: new Set(),
    processing: new Map(),
    more: {},
    dosage_form: 'raw_decoction',
    merge_rule: 'highest',
    days: '7',
    doses_per_day: '2',
    directions: '',
    indication: '',
    packets: '',
    refills: '',
    refill_interval_days: '',
});

const drafts = new Map();

// `about` names what it is for, '' a new prescription; begin() gives what it starts with.
export function theDraft(about = '', begin = () => ({})) {
    if (drafts.get(about)?.owner !== person().id) drafts.set(about, { ...empty(), ...begin() });
    return drafts.get(about);
}

export function forgetDraft(about = '') {
    drafts.delete(about);
}

export const isReady = (d) => Boolean(d.patient) && (d.formulas.length > 0 || d.herbs.size > 0);

// A figure as a number; what is none goes as it was typed, for the service to name.
const figure = (text) => (/^\d+$/.test(text.trim()) ? Number(text) : text.trim());

// What may be left empty.
const FIGURES = ['packets', 'refills', 'refill_interval_days'];

// The draft as the service takes it.
export function asked(d) {
    const words = Object.fromEntries(['directions', 'indication'].map((name) => [name, d[name].trim()]).filter(([, text]) => text));
    return {
        patient_id: d.patient.id,
        dosage_form: d.dosage_form,
        merge_rule: d.merge_rule,
        days: figure(d.days),
        doses_per_day: figure(d.doses_per_day),
        formulas: d.formulas.map(({ id }) => ({ formula: id })),
        herbs: [...d.herbs].map(([herb, mg]) => ({ herb, mg, ...(d.processing.has(herb) && { processing: d.processing.get(herb) }) })),
        drops: [...d.drops],
        ...words,
        ...d.more,
        ...Object.fromEntries(FIGURES.map((name) => [name, d[name].trim()]).filter(([, text]) => text).map(([name, text]) => [name, figure(text)])),
    };
}

const MORE = ['route', 'timing', 'frequency', 'unit_mg', 'binder_permille', 'overage_permille'];

// Packets that somebody counted: no number means one a day, or one for each dose.
const counted = ({ packets, days, doses_per_day: doses }) => packets !== days && packets !== days * doses;

// A stored prescription as a draft of its next version. What its formulas cannot say again comes herb by herb, as does what was scaled to
// a dose: so the weights stay.
export function draftOf(found) {
    const plain = !found.dose_mg && found.house_formulas.length === 0 && found.formulas.every((one) => !one.scaled_mg);
    const said = new Set(found.differences.filter(({ change }) => change !== 'dropped').map((one) => one.herb_id));
    const own = found.items.filter((item) => !plain || !item.via.length || said.has(item.herb_id));
    return {
        formulas: plain ? found.formulas.map((one) => ({ id: one.formula_id, name: `${one.pinyin} ${one.hanzi}` })) : [],
        herbs: new Map(own.map((item) => [item.herb_id, item.daily_mg])),
        processing: new Map(own.filter((item) => item.processing).map((item) => [item.herb_id, item.processing])),
        drops: new Set(plain ? found.differences.filter(({ change }) => change === 'dropped').map((one) => one.herb_id) : []),
        dosage_form: found.dosage_form,
        merge_rule: found.merge_rule,
        days: String(found.days),
        doses_per_day: String(found.doses_per_day),
        directions: found.directions ?? '',
        indication: found.indication ?? '',
        packets: counted(found) ? String(found.packets) : '',
        refills: found.refills ? String(found.refills) : '',
        refill_interval_days: found.refill_interval_days ? String(found.refill_interval_days) : '',
        more: Object.fromEntries(MORE.map((name) => [name, found[name]]).filter(([, value]) => value)),
    };
}

// "Dan Shen 10 g" → { rows } it may mean, one of them when it is clear, and the dose in milligrams (null: none was said).
export async function meant(text, signal) {
    const { name, dose } = splitDose(text);
    const asking = new URLSearchParams({ q: name, kinds: 'herb,formula', limit: 8 });
    const { rows } = await get(`/api/v1/names?${asking}`, { signal });
    const exact = rows.filter((row) => row.fit === 'exact' || row.fit === 'own');
    const clear = rows.filter((row) => row.fit === 'exact');
    return { rows: clear.length === 1 ? clear : exact.length === 1 ? exact : rows, mg: dose ? milligrams(dose) : null };
}

export function addTo(d, row, mg) {
    if (row.kind === 'formula') {
        if (!d.formulas.some(({ id }) => id === row.id)) d.formulas.push({ id: row.id, name: row.name });
        return;
    }
    d.herbs.set(row.id, mg);
    d.drops.delete(row.id);
}

// A herb that a formula brings is dropped; one that was added is only forgotten.
export function removeFrom(d, item) {
    d.herbs.delete(item.herb_id);
    if (item.via?.length) d.drops.add(item.herb_id);
}
