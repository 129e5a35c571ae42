// Weights as people at the bench type and read them: grams in, whole milligrams out, nothing rounded on the way.

const TYPED = /^(\d{1,6})(?:[.,](\d{1,3}))?\s*(mg|毫克|g|gr|克|公克)?$/iu;

// "12.5", "12,5 g", "500 mg" → milligrams; null when the text is no weight.
export function milligrams(text) {
    const found = TYPED.exec(text.trim());
    if (!found) return null;
    const [, whole, part = '', unit = 'g'] = found;
    if (/^(mg|毫克)$/iu.test(unit)) return part ? null : Number(whole);
    return Number(whole) * 1000 + Number(part.padEnd(3, '0'));
}

// "12.5 g": every milligram shown, none invented.
export function gramsText(mg) {
    const part = String(mg % 1000).padStart(3, '0').replace(/0+$/, '');
    return `${Math.trunc(mg / 1000)}${part && `.${part}`} g`;
}

// A ready-made product is counted: where a row's unit is each, its amounts are pieces.
export const isCounted = (row) => row.unit === 'each';

export function amountText(row, amount) {
    return isCounted(row) ? `× ${amount}` : gramsText(amount);
}

// What a weight of `planned` may be, as the service reckons it: [least, most].
export function bandOf(planned, permille) {
    const off = Math.floor((planned * permille) / 1000);
    return [planned - off, planned + off];
}

export const isWithin = (mg, planned, permille) => Math.abs(mg - planned) * 1000 <= planned * permille;
